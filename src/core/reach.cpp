#include "core/reach.hpp"

#include <unordered_set>
#include <vector>

namespace roost {
namespace {

// Everybody below the role; over memberships with all of the options alone.
std::unordered_set<PrincipalId> below(const RoleGraph& graph, PrincipalId role, std::uint32_t options) {
    std::unordered_set<PrincipalId> found = {role};
    std::vector<PrincipalId> queue = {role};
    for (std::size_t at = 0; at < queue.size(); ++at)
        for (const Membership& edge : graph.members_of(queue[at]))
            if ((edge.options & options) == options && found.insert(edge.member).second) queue.push_back(edge.member);
    found.erase(role);
    return found;
}

}  // namespace

Reach reach(const RoleGraph& graph, PrincipalId role) {
    const auto effective = below(graph, role, option::inherit);
    Reach reached;
    for (const PrincipalId id : below(graph, role, 0)) {
        if (graph.principal(id).kind != PrincipalKind::user) continue;
        ++reached.users;
        if (!effective.contains(id)) ++reached.not_effective;
    }
    return reached;
}

}  // namespace roost
