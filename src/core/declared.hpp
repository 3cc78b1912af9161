// What is declared: the managed roles, and who are their members.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/change.hpp"
#include "core/error.hpp"
#include "core/graph.hpp"
#include "core/mark.hpp"

namespace roost {

struct DeclaredMember {
    std::string member;  // canonical
    Options options;     // `admin` is always stated
    Place place;
};
// A managed role. `members` is its whole direct membership; nullopt: only that the role exists is managed.
struct DeclaredRole {
    std::string name;    // canonical
    std::string toggle;  // the toggle it serves; empty: none
    std::optional<std::vector<DeclaredMember>> members;
    std::string reason;  // why it is empty although members are declared ("new_payroll needs schema 5.2, this is 5.1");
                         // empty: none
    Place place;         // of the role
    Place members_place;  // of its list of members
};
struct Declared {
    std::vector<DeclaredRole> roles;  // by name, bytewise; unique
    Mark owner;                       // whose these roles are
    const DeclaredRole* find(std::string_view name) const;
};

// The declaration with its members named as the graph names them: some are found by another spelling.
Declared in_names_of(const RoleGraph& graph, Declared declared);
std::string name_in(const RoleGraph& graph, const std::string& name);

// The declaration without members that neither exist in the graph nor are declared roles themselves.
Declared without_missing(Declared declared, const RoleGraph& graph);

}  // namespace roost
