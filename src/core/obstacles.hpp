// What stands in the way of a declaration that is right: grants that the account cannot take back, and users who have
// another default role.
#pragma once

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

// Lines that would make a role a user's default who has another one already, which the plan does not take away, or who
// gets another one in the same plan; refused: it may be the application's own.
Errors second_defaults(const RoleGraph& actual, const std::vector<PlanLine>& plan);

}  // namespace roost
