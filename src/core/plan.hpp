// What is declared, how it differs from what is, and what would be done about it. Pure.
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

// How a line of a plan is known.
enum class Evidence : std::uint8_t { declared, predicted, rehearsed, opaque };
std::string_view to_string(Evidence evidence);

struct PlanLine {
    Evidence evidence = Evidence::declared;
    std::optional<Change> change;  // nullopt: an opaque statement
    std::string text;              // opaque: the first line of the statement as the user wrote it; else empty
    Place place;                   // the declaration or the statement it comes from
    std::string why = {};          // for people: "not declared", "reset by …"; may be empty
    bool known = false;  // a script's statement that already ran in a good run, unchanged: no difference by itself
};

// The changes that make `actual` what is declared: first the roles, then grants and altered options, then revocations,
// each in bytewise order of role, member, grantor. Members that stay are never revoked. Roles that are not managed are
// left alone.
std::vector<PlanLine> diff(const RoleGraph& actual, const Declared& declared, std::uint32_t membership_options);

// The graph as it would be after the changes. Names that it lacks are added by a grant or a mark; to revoke, alter or
// drop them changes nothing.
RoleGraph after(const RoleGraph& graph, const std::vector<Change>& changes);

// The declaration without members that do not exist in the graph.
Declared without_missing(Declared declared, const RoleGraph& graph);

// Whether the change would alter anything: a role that exists is not created again.
bool has_effect(const RoleGraph& graph, const Change& change);
// Whether it makes or marks a role; else it is about a membership.
bool is_about_roles(const Change& change);
const std::string& role_of(const Change& change);                    // the role, or the user that is created
std::vector<Change> changes_of(const std::vector<PlanLine>& lines);  // without opaque lines

}  // namespace roost
