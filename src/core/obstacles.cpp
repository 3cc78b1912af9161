#include "core/obstacles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "core/describe.hpp"

namespace roost {

namespace {

// The account and every role whose rights it has without SET ROLE.
std::set<PrincipalId> rights_of(const RoleGraph& graph, PrincipalId account) {
    std::set<PrincipalId> reached = {account};
    std::vector<PrincipalId> queue = {account};
    for (std::size_t at = 0; at < queue.size(); ++at) {
        for (const std::uint32_t row : graph.roles_of(queue[at])) {
            const Membership& edge = graph.memberships()[row];
            if ((edge.options & option::inherit) != 0 && reached.insert(edge.role).second) queue.push_back(edge.role);
        }
    }
    return reached;
}

using Row = std::tuple<std::string_view, std::string_view, std::string_view>;  // role, member, grantor

// The rows that the plan changes: taking an option back, or giving one, needs the same right as a revoke.
std::set<Row> changed_rows(const std::vector<PlanLine>& plan) {
    std::set<Row> rows;
    for (const PlanLine& line : plan) {
        if (!line.change || line.evidence != Evidence::declared) continue;
        if (const auto* revoke = std::get_if<Revoke>(&*line.change))
            rows.emplace(revoke->role, revoke->member, revoke->grantor);
        if (const auto* alter = std::get_if<AlterMembership>(&*line.change))
            rows.emplace(alter->role, alter->member, alter->grantor);
    }
    return rows;
}

struct Edge {
    std::string_view role, user;
    const Options* options = nullptr;
    const Place* place = nullptr;
    bool makes_default() const { return (options->stated & options->value & option::default_role) != 0; }
    bool clears_default() const { return (options->stated & ~options->value & option::default_role) != 0; }
};

// The memberships that the plan makes, or changes the options of.
std::vector<Edge> declared_edges(const RoleGraph& graph, const std::vector<PlanLine>& plan) {
    std::vector<Edge> edges;
    const auto add = [&](const auto* change, const Place& place) {
        if (!change) return;
        const auto user = graph.find(change->member);
        edges.push_back({change->role, user ? graph.name(*user) : change->member, &change->options, &place});
    };
    for (const PlanLine& line : plan) {
        if (!line.change || line.evidence != Evidence::declared) continue;
        add(std::get_if<Grant>(&*line.change), line.place);
        add(std::get_if<AlterMembership>(&*line.change), line.place);
    }
    return edges;
}

// Who will have which role for his default: first those who keep theirs, then whom the plan gives one.
class Defaults {
public:
    Defaults(const RoleGraph& graph, const std::vector<Edge>& edges) {
        for (const Membership& row : graph.memberships())
            if ((row.options & option::default_role) != 0) roles_.emplace(graph.name(row.member), graph.name(row.role));
        for (const Edge& edge : edges)
            if (const auto found = roles_.find(edge.user);
                edge.clears_default() && found != roles_.end() && found->second == edge.role)
                roles_.erase(found);
    }
    // The other role that the user has; empty: none, and this one is his.
    std::string_view taken(const Edge& edge) {
        const auto [found, fresh] = roles_.emplace(edge.user, edge.role);
        return fresh || found->second == edge.role ? std::string_view{} : found->second;
    }

private:
    std::map<std::string_view, std::string_view> roles_;
};

bool is_role(const RoleGraph& graph, const std::vector<PlanLine>& plan, std::string_view name) {
    if (const auto found = graph.find(name)) return graph.principal(*found).kind == PrincipalKind::role;
    return std::ranges::any_of(plan, [&](const PlanLine& line) {
        const auto* made = line.change ? std::get_if<CreateRole>(&*line.change) : nullptr;
        return made && made->role == name;
    });
}

// nullopt: the line leaves default roles as they are.
std::optional<DefaultOfOther> default_of_other(const RoleGraph& actual, const PlanLine& line) {
    using Cause = DefaultOfOther::Cause;
    constexpr std::uint32_t bit = option::default_role;
    if (!line.change || line.evidence != Evidence::declared) return std::nullopt;
    const auto found = [&](Cause cause, const auto& change, std::uint32_t value) {
        return DefaultOfOther{cause, {change.role, change.member, {}, {bit, value}}, line.place};
    };
    if (const auto* grant = std::get_if<Grant>(&*line.change); grant && (grant->options.value & bit) != 0)
        return found(Cause::granted, *grant, bit);
    if (const auto* alter = std::get_if<AlterMembership>(&*line.change); alter && (alter->options.stated & bit) != 0)
        return found(Cause::altered, *alter, alter->options.value & bit);
    const auto* revoke = std::get_if<Revoke>(&*line.change);
    if (revoke && (actual.options_of(revoke->role, revoke->member).value_or(0) & bit) != 0)
        return found(Cause::revoked, *revoke, 0);
    return std::nullopt;
}

// Whether the line needs the right to grant the role; a user's default role is that user's.
bool changes_members(const Change& change) {
    constexpr std::uint32_t of_user = option::default_role;
    if (const auto* alter = std::get_if<AlterMembership>(&change)) return (alter->options.stated & ~of_user) != 0;
    return !is_about_roles(change);
}

std::set<std::string_view> roles_with_changes(const std::vector<PlanLine>& plan) {
    std::set<std::string_view> roles;
    for (const PlanLine& line : plan)
        if (line.change && line.evidence == Evidence::declared && changes_members(*line.change))
            roles.insert(role_of(*line.change));
    return roles;
}

std::optional<Denied::What> denied_of(const Principal& role, bool changes) {
    const bool markable = role.may_comment || mark_in(role.comment);
    if (role.system || role.superuser) return std::nullopt;
    if (changes && !role.may_grant) return Denied::What::change;
    if (markable) return std::nullopt;
    return changes ? Denied::What::mark : Denied::What::mark_alone;
}

}  // namespace

std::vector<Denied> denied(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan) {
    std::vector<Denied> all;
    const std::set<std::string_view> changed = roles_with_changes(plan);
    for (const DeclaredRole& role : declared.roles) {
        const auto found = actual.find(role.name);
        if (!found) continue;
        if (const auto what = denied_of(actual.principal(*found), changed.contains(role.name)))
            all.push_back({*what, role.name, role.place});
    }
    return all;
}

std::vector<Unrevocable> unrevocable(const RoleGraph& actual, const Declared& declared,
                                     const std::vector<PlanLine>& plan, std::string_view account) {
    std::vector<Unrevocable> found;
    const auto own = actual.find(account);
    if (!own || actual.principal(*own).superuser) return found;
    const std::set<PrincipalId> rights = rights_of(actual, *own);
    const std::set<Row> changed = changed_rows(plan);
    for (const DeclaredRole& role : declared.roles) {
        const auto id = actual.find(role.name);
        if (!role.members || !id) continue;
        for (const Membership& edge : actual.members_of(*id)) {
            if (edge.grantor == no_principal || rights.contains(edge.grantor)) continue;
            const Row row{actual.name(edge.role), actual.name(edge.member), actual.name(edge.grantor)};
            found.push_back({.row = {role.name, std::string(std::get<1>(row)), std::string(std::get<2>(row))},
                             .place = role.members_place,
                             .taken = changed.contains(row)});
        }
    }
    return found;
}

Errors second_defaults(const RoleGraph& actual, const std::vector<PlanLine>& plan) {
    Errors errors;
    const std::vector<Edge> edges = declared_edges(actual, plan);
    Defaults defaults(actual, edges);
    for (const Edge& edge : edges) {
        if (!edge.makes_default()) continue;
        const std::string_view other = defaults.taken(edge);
        if (other.empty()) continue;
        errors.push_back({.kind = ErrorKind::refused,
                          .message = fmt::format("{} cannot become the default role of {}, who has {} for it",
                                                 shown(edge.role), shown(edge.user), shown(other)),
                          .advice = fmt::format("make {} a member of {} instead, or take {}'s default role away first",
                                                shown(other), shown(edge.role), shown(edge.user)),
                          .place = *edge.place});
    }
    return errors;
}

Errors defaults_of_roles(const RoleGraph& actual, const std::vector<PlanLine>& plan) {
    Errors errors;
    for (const Edge& edge : declared_edges(actual, plan))
        if (edge.makes_default() && is_role(actual, plan, edge.user))
            errors.push_back({.kind = ErrorKind::refused,
                              .message = fmt::format("{} cannot become the default role of {}: that is a role, and "
                                                     "only users have default roles",
                                                     shown(edge.role), shown(edge.user)),
                              .advice = "take default_role out of the declaration",
                              .place = *edge.place});
    return errors;
}

std::vector<DefaultOfOther> defaults_of_others(const RoleGraph& actual, const std::vector<PlanLine>& plan) {
    std::vector<DefaultOfOther> all;
    for (const PlanLine& line : plan) {
        auto found = default_of_other(actual, line);
        if (found && !is_role(actual, plan, found->setting.member)) all.push_back(std::move(*found));
    }
    return all;
}

Errors granted_users(const RoleGraph& actual, const Declared& declared) {
    Errors errors;
    for (const DeclaredRole& role : declared.roles) {
        const auto found = actual.find(role.name);
        if (!found || actual.principal(*found).kind != PrincipalKind::user) continue;
        errors.push_back({.kind = ErrorKind::refused,
                          .message = fmt::format("{} is a user here, and cannot be granted", shown(role.name)),
                          .advice = "declare a role of another name, and make the user a member of it",
                          .place = role.place});
    }
    return errors;
}

}  // namespace roost
