// What a run refuses to do, decided on values before anything is changed. Each gives every objection, in a fixed order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/plan.hpp"

namespace roost {

struct GuardPolicy {
    std::uint32_t max_revocations = 50;
    bool adopt = false;            // --adopt: take over roles that others filled
    bool missing_is_error = true;  // missing_principals = "error"
};

struct Objections {
    std::vector<Error> refused;   // kind refused
    std::vector<Error> warnings;  // what is only reported
    // Whether roost may go on is `refused.empty()`.
};

// Declared roles that a run must not touch, whatever it does about them:
// - one that carries another environment's mark: whose it is
// - one that is built in, or a superuser
std::vector<Error> foreign_or_untouchable(const RoleGraph& actual, const Declared& declared);

// `before` is the graph before the run changed anything, `actual` the one that the plan is for.
// - all that foreign_or_untouchable() says
// - a declared member that neither exists in `actual` nor is made by a change: refused or warned about (and then to be
//   left out: see without_missing)
// - a role that had no mark `before`, and members that would be revoked or lose an option, without adopt: names them
// - more memberships than max_revocations that would be revoked or lose an option
// - a change after which one of `own_roles` would no longer reach a role that it reaches now, or would lose an option
// - a cycle that the declared memberships would make, with the names along it
Objections guard(const RoleGraph& before, const RoleGraph& actual, const Declared& declared,
                 const std::vector<PlanLine>& plan, const std::vector<std::string>& own_roles,
                 const GuardPolicy& policy);

}  // namespace roost
