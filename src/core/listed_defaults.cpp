#include "core/listed_defaults.hpp"

#include <algorithm>

namespace roost {
namespace {

struct UserDefaults {
    std::vector<std::string> roles;
    bool leaves_out = false;  // a role that the user has
};

UserDefaults defaults_of(const RoleGraph& graph, PrincipalId user) {
    UserDefaults found;
    for (const std::uint32_t row : graph.roles_of(user)) {
        const Membership& edge = graph.memberships()[row];
        const bool is_default = (edge.options & option::default_role) != 0;
        if (is_default) found.roles.emplace_back(graph.name(edge.role));
        found.leaves_out = found.leaves_out || !is_default;
    }
    std::ranges::sort(found.roles);
    return found;
}

ListedDefault listed(const std::string& role, const std::string& member, const PlanLine& line, bool wanted) {
    return {.role = role, .member = member, .place = line.place, .wanted = wanted, .roles = {}};
}

// Whether the line says something of default roles at all: what of it.
std::optional<ListedDefault> asked(const PlanLine& line) {
    if (!line.change || line.evidence != Evidence::declared) return std::nullopt;
    const auto states = [](const Options& options) { return (options.stated & option::default_role) != 0; };
    const auto wants = [](const Options& options) { return (options.value & option::default_role) != 0; };
    if (const auto* grant = std::get_if<Grant>(&*line.change); grant && states(grant->options))
        return listed(grant->role, grant->member, line, wants(grant->options));
    const auto* alter = std::get_if<AlterMembership>(&*line.change);
    if (!alter || !states(alter->options)) return std::nullopt;
    auto found = listed(alter->role, alter->member, line, wants(alter->options));
    found.granted = true;
    return found;
}

}  // namespace

std::vector<ListedDefault> listed_defaults(const RoleGraph& actual, const std::vector<PlanLine>& plan) {
    std::vector<ListedDefault> found;
    for (const PlanLine& line : plan) {
        auto one = asked(line);
        if (!one) continue;
        const auto member = actual.find(one->member);
        if (!member) continue;  // a new user: whatever is granted is a default role
        one->to_role = actual.principal(*member).kind == PrincipalKind::role;
        UserDefaults defaults = defaults_of(actual, *member);
        const bool by_itself = !one->granted && !one->to_role && (!one->wanted || !defaults.leaves_out);
        if (by_itself || (one->to_role && !one->wanted)) continue;
        one->roles = std::move(defaults.roles);
        if (one->wanted)
            one->roles.insert(std::ranges::upper_bound(one->roles, one->role), one->role);
        else
            std::erase(one->roles, one->role);
        found.push_back(std::move(*one));
    }
    return found;
}

}  // namespace roost
