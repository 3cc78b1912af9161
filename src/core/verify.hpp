// After a run: does the declared state hold, and did nothing else change?
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "core/contradictions.hpp"
#include "core/differences.hpp"
#include "core/own_access.hpp"
#include "core/plan.hpp"

namespace roost {

// What this run changed beside the managed roles and `touched`, less what somebody else changed meanwhile: differences
// before -> outside, where `outside` is what others can see (committed state). Of managed roles it tells that they were
// dropped, or became a user or a superuser, or ceased to be.
std::vector<Difference> strayed(const RoleGraph& before, const RoleGraph& after, const RoleGraph& outside,
                                const Declared& declared, const std::set<std::string>& touched);

// How many memberships of managed roles are gone, or have lost an option; one from two grantors counts once. To be
// compared with GuardPolicy::max_revocations.
std::size_t revocations(const RoleGraph& before, const RoleGraph& after, const Declared& declared);

// What of the declaration does not hold: the plan that would still be needed, as errors with places. Empty: all holds.
Errors unmet(const RoleGraph& actual, const Declared& declared, const MembershipRules& rules);

}  // namespace roost
