// What changes would do to a graph.
#pragma once

#include <vector>

#include "core/change.hpp"
#include "core/graph.hpp"

namespace roost {

// The graph as it would be after the changes. Names that it lacks are added by a grant or a mark; to revoke, alter or
// drop them changes nothing.
RoleGraph after(const RoleGraph& graph, const std::vector<Change>& changes);

// For each statement's changes, those that alter what the statements before it left: a role that exists is not created
// again, and a membership taken away and given back is altered twice.
std::vector<std::vector<Change>> effects(const RoleGraph& start, const std::vector<std::vector<Change>>& statements);

}  // namespace roost
