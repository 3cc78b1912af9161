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

// - a managed role that carries another environment's mark: whose it is
// - a declared role that is built in, or a superuser
// - a declared member that does not exist in `actual` nor is made by a change: refused or warned about (and then its
// grant is to be
//   left out: see without_missing)
// - a role that carries no mark yet and has members that would be revoked, without adopt: names them
// - more revocations than max_revocations
// - a revocation after which one of `own_roles` would no longer reach a role that it reaches now
// - a cycle that the declared memberships would make, with the names along it
Objections guard(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan,
                 const std::vector<std::string>& own_roles, const GuardPolicy& policy);

// The plan without grants to members that do not exist.
std::vector<PlanLine> without_missing(std::vector<PlanLine> plan, const RoleGraph& actual);

}  // namespace roost
