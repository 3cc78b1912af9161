// What of a role graph can be declared, so that nothing differs from it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/change.hpp"
#include "core/graph.hpp"
#include "core/mark.hpp"

namespace roost {

struct ImportedMember {
    std::string name;  // as a declaration spells it
    Options options;   // those alone that are not the usual ones
};
struct ImportedRole {
    std::string name;                                    // as a declaration spells it
    std::string canonical;                               // as the dictionary does
    std::string description;                             // its comment; empty: none
    std::optional<std::vector<ImportedMember>> members;  // nullopt: cannot be declared as a whole
};
struct LeftOut {
    std::string why;                // "built in"
    std::vector<std::string> what;  // names, canonical
};
struct Imported {
    std::vector<ImportedRole> roles;  // by name, bytewise
    std::vector<LeftOut> left_out;    // roles; never an empty list
    std::vector<LeftOut> undeclared;  // roles that are there, and their members are not
};

struct ImportRules {
    // How a declaration spells a name of the dictionary; nullopt: it cannot.
    using Spelled = std::function<std::optional<std::string>(const std::string& name)>;
    Spelled role;
    Spelled member;
    Mark owner;                  // roles with another's mark are left out
    std::uint32_t options = 0;   // those that a membership can hold
    std::uint32_t usual = 0;     // those that one has where nothing is said
    std::set<std::string> kept;  // roles whose members stay undeclared: a toggle's that depends on more
};

// Of a graph that is whole: every role, and every user that has members, with all of its direct members.
Imported import_roles(const RoleGraph& graph, const ImportRules& rules);

}  // namespace roost
