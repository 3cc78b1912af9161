#include "core/own_access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/describe.hpp"

namespace roost {

namespace {

// Roles reached from `start`, nearest first, each with the membership by which it was first reached.
struct Ascent {
    std::vector<PrincipalId> roles;
    std::map<PrincipalId, Membership> by;

    Ascent(const RoleGraph& graph, PrincipalId start) {
        std::vector<PrincipalId> queue = {start};
        for (std::size_t at = 0; at < queue.size(); ++at) {
            for (const std::uint32_t row : graph.roles_of(queue[at])) {
                const Membership& edge = graph.memberships()[row];
                if (edge.role == start || !by.emplace(edge.role, edge).second) continue;
                queue.push_back(edge.role);
            }
        }
        roles.assign(queue.begin() + 1, queue.end());
    }

    std::vector<Membership> path(PrincipalId start, PrincipalId role) const {
        std::vector<Membership> edges;
        for (PrincipalId at = role; at != start; at = edges.back().member) edges.push_back(by.at(at));
        std::ranges::reverse(edges);
        return edges;
    }
};

bool has_membership(const RoleGraph& graph, std::string_view role, std::string_view member) {
    const auto role_id = graph.find(role);
    const auto member_id = graph.find(member);
    return role_id && member_id &&
           std::ranges::binary_search(graph.members_of(*role_id), *member_id, {}, &Membership::member);
}

LostAccess lost_by(const RoleGraph& before, const RoleGraph& planned, const std::vector<Membership>& path) {
    LostAccess lost;
    lost.role = before.name(path.back().role);
    for (const Membership& edge : path) {
        const std::string_view role = before.name(edge.role);
        const std::string_view member = before.name(edge.member);
        lost.path += fmt::format("{}{} in {}", lost.path.empty() ? "" : ", ", shown(member), shown(role));
        if (!lost.revoked_role.empty() || has_membership(planned, role, member)) continue;
        lost.revoked_role = role;
        lost.revoked_member = member;
    }
    return lost;
}

}  // namespace

std::vector<LostAccess> lost_access(const RoleGraph& before, const RoleGraph& planned,
                                    const std::vector<std::string>& own_roles) {
    std::vector<LostAccess> lost;
    std::set<PrincipalId> told;
    for (const std::string& own : own_roles) {
        const auto start = before.find(own);
        if (!start) continue;
        const auto start_after = planned.find(own);
        const Ascent was(before, *start);
        std::set<std::string_view> still;
        if (start_after) {
            for (const PrincipalId role : Ascent(planned, *start_after).roles) still.insert(planned.name(role));
        }
        for (const PrincipalId role : was.roles) {
            if (still.contains(before.name(role)) || !told.insert(role).second) continue;
            lost.push_back(lost_by(before, planned, was.path(*start, role)));
        }
    }
    return lost;
}

}  // namespace roost
