// What stands in the way of a declaration that is right: roles that the account may not grant, grants that it cannot
// take back, users that are declared as roles, and default roles that cannot be had or set.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan.hpp"

namespace roost {

// A membership of a managed role that was granted by somebody whose grants the account cannot take back.
struct Unrevocable {
    Revoke row;
    Place place;         // of the role's members
    bool taken = false;  // the plan would take it away, or an option of it: it must be refused
};
// For an engine where only own grants can be taken back; none for a superuser. In the order of role, member, grantor.
std::vector<Unrevocable> unrevocable(const RoleGraph& actual, const Declared& declared,
                                     const std::vector<PlanLine>& plan, std::string_view account);

// What the account may not do to a declared role that is there.
struct Denied {
    enum class What : std::uint8_t {
        change,     // its memberships, which the plan changes
        mark,       // its comment, so that they would be changed unmarked
        mark_alone  // its comment, while its memberships are as declared: it is left unmarked
    } what;
    std::string role;
    Place place;  // of the role
};
// In the order of the declaration. Roles that are never managed are left out.
std::vector<Denied> denied(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan);

// Lines that would make a role a user's default who has another one already, which the plan does not take away, or who
// gets another one in the same plan; refused: it may be the application's own.
Errors second_defaults(const RoleGraph& actual, const std::vector<PlanLine>& plan);

// Lines that would make a role the default of a role: only users log in. Refused.
Errors defaults_of_roles(const RoleGraph& actual, const std::vector<PlanLine>& plan);

// What an account that may not set the default roles of other users leaves to somebody who may.
struct DefaultOfOther {
    enum class Cause : std::uint8_t { granted, altered, revoked } cause;
    AlterMembership setting;  // its option default_role alone
    Place place;
};
// Lines that state a user's default role (granted, altered), and those that revoke one, which stays named (revoked). In
// the order of the plan.
std::vector<DefaultOfOther> defaults_of_others(const RoleGraph& actual, const std::vector<PlanLine>& plan);

// Declared roles that are users here, on an engine that cannot grant those; refused.
Errors granted_users(const RoleGraph& actual, const Declared& declared);

}  // namespace roost
