// Grants that hang on the ADMIN option of whoever made them, on engines that keep grantors apart.
#pragma once

#include <vector>

#include "core/plan.hpp"

namespace roost {

// Lines that take memberships or ADMIN away, such that what a member granted goes before what the member was granted;
// the rest keeps its order.
void dependents_first(std::vector<PlanLine>& taking);

// Memberships that stay although the plan takes from their grantor the ADMIN option that they hang on; refused.
Errors hanging_grants(const RoleGraph& actual, const std::vector<PlanLine>& plan);

}  // namespace roost
