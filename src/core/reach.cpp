#include "core/reach.hpp"

namespace roost {

std::unordered_set<PrincipalId> in_roles(const RoleGraph& graph, const std::vector<PrincipalId>& roles,
                                         std::uint32_t options) {
    std::unordered_set<PrincipalId> found;
    std::vector<PrincipalId> queue = roles;
    for (std::size_t at = 0; at < queue.size(); ++at)
        for (const Membership& edge : graph.members_of(queue[at]))
            if ((edge.options & options) == options && found.insert(edge.member).second) queue.push_back(edge.member);
    return found;
}

Reach reach(const RoleGraph& graph, PrincipalId role) {
    const auto effective = in_roles(graph, {role}, option::inherit);
    Reach reached;
    for (const PrincipalId id : in_roles(graph, {role})) {
        if (id == role || graph.principal(id).kind != PrincipalKind::user) continue;
        ++reached.users;
        if (!effective.contains(id)) ++reached.not_effective;
    }
    return reached;
}

}  // namespace roost
