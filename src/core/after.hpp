// What changes would do to a graph.
#pragma once

#include <vector>

#include "core/change.hpp"
#include "core/graph.hpp"

namespace roost {

// The graph as it would be after the changes. Names that it lacks are added by a grant or a mark; to revoke, alter or
// drop them changes nothing.
RoleGraph after(const RoleGraph& graph, const std::vector<Change>& changes);

}  // namespace roost
