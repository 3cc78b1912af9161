#include <algorithm>

#include "core/plan.hpp"

namespace roost {
namespace {

struct HasEffect {
    const RoleGraph& graph;

    bool operator()(const CreateRole& change) const { return !graph.find(change.role); }
    bool operator()(const CreateUser& change) const { return !graph.find(change.user); }
    bool operator()(const DropRole& change) const { return graph.find(change.role).has_value(); }
    bool operator()(const MarkRole& change) const {
        const auto role = graph.find(change.role);
        return !role || graph.principal(*role).comment != change.comment;
    }
    bool operator()(const Grant& change) const { return !holds(change.role, change.member, change.options); }
    bool operator()(const AlterMembership& change) const { return !holds(change.role, change.member, change.options); }
    bool operator()(const Revoke& change) const { return holds(change.role, change.member, {}); }

    bool holds(const std::string& role, const std::string& member, const Options& options) const {
        const auto r = graph.find(role);
        const auto m = graph.find(member);
        if (!r || !m) return false;
        return std::ranges::any_of(graph.members_of(*r), [&](const Membership& membership) {
            return membership.member == *m && (membership.options & options.stated) == (options.value & options.stated);
        });
    }
};

}  // namespace

bool has_effect(const RoleGraph& graph, const Change& change) { return std::visit(HasEffect{graph}, change); }

Declared without_missing(Declared declared, const RoleGraph& graph) {
    for (DeclaredRole& role : declared.roles)
        if (role.members)
            std::erase_if(*role.members, [&](const DeclaredMember& member) { return !graph.find(member.member); });
    return declared;
}

bool is_about_roles(const Change& change) {
    return std::holds_alternative<CreateRole>(change) || std::holds_alternative<MarkRole>(change);
}

const std::string& role_of(const Change& change) {
    return std::visit(
        [](const auto& each) -> const std::string& {
            if constexpr (requires { each.role; })
                return each.role;
            else
                return each.user;
        },
        change);
}

std::vector<Change> changes_of(const std::vector<PlanLine>& lines) {
    std::vector<Change> changes;
    for (const PlanLine& line : lines)
        if (line.change) changes.push_back(*line.change);
    return changes;
}

}  // namespace roost
