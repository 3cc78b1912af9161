// Memberships that lead back to where they started. No engine allows them, but declarations can ask for one.
#pragma once

#include <vector>

#include "core/graph.hpp"

namespace roost {

// Names along a cycle: each is a member of the next, the last one of the first, which is the smallest.
using Cycle = std::vector<PrincipalId>;

// At least one cycle of every part of the graph that has any; empty: there are none. In a fixed order.
std::vector<Cycle> cycles(const RoleGraph& graph);

}  // namespace roost
