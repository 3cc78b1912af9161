#include "core/obstacles.hpp"

#include <fmt/format.h>

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

// A default role that the user has, other than `role`; empty: none.
std::string_view default_beside(const RoleGraph& graph, std::string_view user, std::string_view role) {
    const auto id = graph.find(user);
    if (!id) return {};
    for (const std::uint32_t row : graph.roles_of(*id)) {
        const Membership& edge = graph.memberships()[row];
        if ((edge.options & option::default_role) != 0 && graph.name(edge.role) != role) return graph.name(edge.role);
    }
    return {};
}

bool makes_default(const Options& options) { return (options.stated & options.value & option::default_role) != 0; }

}  // namespace

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
    for (const PlanLine& line : plan) {
        if (!line.change || line.evidence != Evidence::declared) continue;
        const auto* grant = std::get_if<Grant>(&*line.change);
        const auto* alter = std::get_if<AlterMembership>(&*line.change);
        if (!(grant && makes_default(grant->options)) && !(alter && makes_default(alter->options))) continue;
        const std::string& role = grant ? grant->role : alter->role;
        const std::string& user = grant ? grant->member : alter->member;
        const std::string_view other = default_beside(actual, user, role);
        if (other.empty()) continue;
        errors.push_back({.kind = ErrorKind::refused,
                          .message = fmt::format("{} cannot become the default role of {}, who has {} for it",
                                                 shown(role), shown(user), shown(other)),
                          .advice = fmt::format("make {} a member of {} instead, or take {}'s default role away first",
                                                shown(other), shown(role), shown(user)),
                          .place = line.place});
    }
    return errors;
}

}  // namespace roost
