// What each change finds, and what it leaves.
#include <fmt/format.h>

#include <algorithm>

#include "core/describe.hpp"
#include "core/foresee.hpp"

namespace roost {

Foresight::Ends Foresight::apply(const Change& change) {
    now_.said.push_back(change);
    if (std::visit(graph_, change)) now_.effects.push_back(change);
    return Ends::well;
}

Foresight::Ends Foresight::create(const Change& change, const std::string& name, bool user, const Do& step) {
    if (blurred(name)) return Ends::unknown;
    if (const Principal* there = graph_.principal(name)) {
        // Where users and roles may share a name, both then go by other names.
        if (rules_.accounts && user != (there->kind == PrincipalKind::user)) return Ends::unknown;
        if (step.if_needed) return Ends::well;
        const Ends ends = fails(user ? Mishap::user_exists : Mishap::role_exists,
                                fmt::format("{} is there already", shown(name)), name);
        return ends == Ends::well ? apply(change) : ends;
    }
    if (step.login && !rules_.user_fails.empty()) now_.may_fail = rules_.user_fails;
    if (rules_.any_case) in_any_case_.insert(in_any_case(name));
    return apply(change);
}

Foresight::Ends Foresight::change(const MarkRole& change, const Do&) {
    if (!graph_.principal(change.role))
        if (const Ends ends =
                fails(Mishap::role_missing, fmt::format("there is no role {}", shown(change.role)), change.role);
            ends != Ends::well)
            return ends;
    return apply(change);
}

// Why a membership cannot be spoken of.
Foresight::Ends Foresight::both_are_there(const std::string& role_name, const std::string& member) {
    const Principal* role = graph_.principal(role_name);
    const bool is_role = role && (rules_.users_are_roles || role->kind == PrincipalKind::role);
    if (!is_role && !graph_.principal(member)) {
        const Ends ends = fails(Mishap::role_missing,
                                fmt::format("there is neither {} nor {}", shown(role_name), shown(member)), role_name);
        if (failure_) failure_->unsure = true;
        return ends == Ends::failed && blurred(member) ? Ends::unknown : ends;
    }
    if (!is_role) return fails(Mishap::role_missing, fmt::format("there is no role {}", shown(role_name)), role_name);
    if (!graph_.principal(member))
        return fails(Mishap::member_missing, fmt::format("there is no {}", shown(member)), member);
    return Ends::well;
}

Foresight::Ends Foresight::change(const Grant& change, const Do& step) {
    if (const Ends ends = both_are_there(change.role, change.member); ends != Ends::well) return ends;
    const auto rows = graph_.memberships(change.role, change.member);
    if (step.once && !rows.empty())
        return fails(Mishap::is_a_member, fmt::format("{} is in {} already", shown(change.member), shown(change.role)),
                     change.role);
    if (step.if_needed && !rows.empty()) return Ends::well;
    if (runner_.rows_by_grantor && !rows.empty() && !all_ours(rows))
        return Ends::unknown;  // it would add one beside them
    if (change.role == change.member || graph_.reaches(change.role, change.member))
        return fails(
            Mishap::circular,
            fmt::format("{} is in {}, and cannot have it as a member", shown(change.role), shown(change.member)),
            change.role);
    return apply(change);
}

Foresight::Ends Foresight::change(const AlterMembership& change, const Do& step) {
    if (step.if_needed && graph_.memberships(change.role, change.member).empty()) return Ends::well;
    if (const Ends ends = both_are_there(change.role, change.member); ends != Ends::well) return ends;
    const auto rows = graph_.memberships(change.role, change.member);
    if (rows.empty()) return not_a_member(change.role, change.member);
    if (runner_.rows_by_grantor && !are_meant(rows, change.grantor)) return Ends::unknown;
    return apply(change);
}

Foresight::Ends Foresight::not_a_member(const std::string& role, const std::string& member) {
    if (!direct(role, member)) return Ends::unknown;
    return fails(Mishap::not_a_member, fmt::format("{} is not in {}", shown(member), shown(role)), role);
}

Foresight::Ends Foresight::change(const Revoke& change, const Do&) {
    if (const Ends ends = both_are_there(change.role, change.member); ends != Ends::well) return ends;
    const auto rows = graph_.memberships(change.role, change.member);
    if (rows.empty()) {
        now_.said.emplace_back(change);
        return runner_.rows_by_grantor ? Ends::well : not_a_member(change.role, change.member);
    }
    if (!runner_.rows_by_grantor) return apply(Revoke{change.role, change.member, {}});
    // What the member granted on would have to go first.
    const auto granted_on = graph_.granted_by(change.role, change.member);
    if (granted_on || !are_meant(rows, change.grantor)) return Ends::unknown;
    return apply(change);
}

// Whether it is certain which of the rows a statement is about that names this grantor, or none.
bool Foresight::are_meant(const std::vector<Membership>& rows, const std::string& grantor) const {
    if (grantor.empty()) return all_ours(rows);
    return graph_.principal(grantor) && std::ranges::none_of(rows, made_here);
}

// Whether a GRANT or REVOKE that names no grantor is about just these rows: those of this run's GRANTs are.
bool Foresight::all_ours(const std::vector<Membership>& rows) const {
    const Principal* account = graph_.principal(runner_.account);
    return account && std::ranges::all_of(rows, [&](const Membership& row) {
               if (made_here(row)) return true;
               const Principal* grantor = graph_.principal(graph_.name(row.grantor));
               if (!grantor) return false;
               return account->superuser ? grantor->system && grantor->superuser : grantor == account;
           });
}

Foresight::Ends Foresight::change(const DropRole& change, const Do& step) {
    const Principal* there = graph_.principal(change.role);
    const bool meant = there && (rules_.users_are_roles || (there->kind == PrincipalKind::user) == step.account);
    if (!there && blurred(change.role)) return Ends::unknown;
    if (!meant) {
        if (step.if_needed && (!there || rules_.accounts)) return Ends::well;
        if (there && unsure_) return Ends::unknown;
        return fails(step.account ? Mishap::drop_user_missing : Mishap::drop_role_missing,
                     fmt::format("there is no {} {}", step.account ? "user" : "role", shown(change.role)), change.role);
    }
    if (!graph_.members_of(change.role).empty() && drop_minds_members())
        return fails(Mishap::drop_has_members, fmt::format("{} has members", shown(change.role)), change.role);
    if (!rules_.drop_fails.empty()) now_.may_fail = rules_.drop_fails;
    return apply(change);
}

bool Foresight::drop_minds_members() const {
    return std::ranges::find(rules_.mishaps, Mishap::drop_has_members, &MishapRule::mishap) != rules_.mishaps.end();
}

}  // namespace roost
