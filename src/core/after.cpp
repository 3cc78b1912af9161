#include "core/after.hpp"

#include "core/changed_graph.hpp"

namespace roost {

RoleGraph after(const RoleGraph& graph, const std::vector<Change>& changes) {
    ChangedGraph changed(graph);
    for (const Change& change : changes) std::visit(changed, change);
    return changed.finished();
}

}  // namespace roost
