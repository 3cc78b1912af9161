#include "core/own_access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/describe.hpp"

namespace roost {

namespace {

constexpr std::uint32_t held_options = option::admin | option::inherit | option::set;

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

LostAccess lost_by(const RoleGraph& before, const RoleGraph& after, const std::vector<Membership>& path) {
    LostAccess lost;
    lost.role = before.name(path.back().role);
    for (const Membership& edge : path) {
        const std::string_view role = before.name(edge.role);
        const std::string_view member = before.name(edge.member);
        lost.path += fmt::format("{}{} in {}", lost.path.empty() ? "" : ", ", shown(member), shown(role));
        if (!lost.changed_role.empty() || after.options_of(role, member)) continue;
        lost.changed_role = role;
        lost.changed_member = member;
    }
    return lost;
}

// Of the memberships of `own` that stay, those that lose an option; told once where several grantors gave them.
void add_lost_options(const RoleGraph& before, const RoleGraph& after, PrincipalId own, std::vector<LostAccess>& lost) {
    const std::string member(before.name(own));
    PrincipalId last = no_principal;
    for (const std::uint32_t row : before.roles_of(own)) {
        const PrincipalId id = before.memberships()[row].role;
        if (std::exchange(last, id) == id) continue;
        const std::string role(before.name(id));
        const std::uint32_t had = *before.options_of(role, member);
        const std::uint32_t gone = had & ~after.options_of(role, member).value_or(had) & held_options;
        if (gone != 0) lost.push_back({role, fmt::format("{} in {}", shown(member), shown(role)), role, member, gone});
    }
}

}  // namespace

std::vector<LostAccess> lost_access(const RoleGraph& before, const RoleGraph& after,
                                    const std::vector<std::string>& own_roles) {
    std::vector<LostAccess> lost;
    std::set<PrincipalId> told, starts;
    for (const std::string& own : own_roles) {
        const auto start = before.find(own);
        if (!start) continue;
        starts.insert(*start);
        const auto start_after = after.find(own);
        const Ascent was(before, *start);
        std::set<std::string_view> still;
        if (start_after) {
            for (const PrincipalId role : Ascent(after, *start_after).roles) still.insert(after.name(role));
        }
        for (const PrincipalId role : was.roles) {
            if (still.contains(before.name(role)) || !told.insert(role).second) continue;
            lost.push_back(lost_by(before, after, was.path(*start, role)));
        }
    }
    for (const PrincipalId own : starts) add_lost_options(before, after, own, lost);
    return lost;
}

Error refusal_of(const LostAccess& lost) {
    Error error{.kind = ErrorKind::refused, .message = {}};
    const std::string role = shown(lost.role);
    const std::string member = shown(lost.changed_member);
    if (lost.options == 0) {
        error.message = fmt::format("roost's own account would lose role {}, which it has by {}", role, lost.path);
        error.advice = fmt::format("declare {} as a member of {}, or run roost with another account", member,
                                   shown(lost.changed_role));
    } else {
        error.message = fmt::format("roost's own account would lose options of its membership in {}: {}", role,
                                    describe({lost.options, 0}));
        error.advice = fmt::format("declare them for {} in {}, or run roost with another account", member, role);
    }
    return error;
}

std::vector<Error> own_losses(const RoleGraph& before, const RoleGraph& after,
                              const std::vector<std::string>& own_roles) {
    std::vector<Error> errors;
    for (const LostAccess& lost : lost_access(before, after, own_roles)) errors.push_back(refusal_of(lost));
    return errors;
}

}  // namespace roost
