#include "core/foresee.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/ascii.hpp"
#include "core/describe.hpp"

namespace roost {

Foresight::Foresight(const RoleGraph& start, const RoleRules& rules, Runner runner)
    : start_(start), graph_(start), rules_(rules), runner_(std::move(runner)) {
    if (!rules_.any_case) return;
    for (const Principal& principal : start.principals()) in_small_letters_.insert(lower_ascii(principal.name));
}

Foreseen Foresight::play(const Deeds& steps, bool unsure) {
    now_ = {};
    unsure_ = unsure;
    failure_.reset();
    variables_.clear();
    const Ends ends = all(steps);
    if (ends != Ends::well) {
        graph_.back_to(0);
        now_ = {};
        now_.opaque = ends == Ends::unknown;
        if (ends == Ends::failed) now_.failure = std::move(failure_->error);
    }
    graph_.forget();
    return std::move(now_);
}

void Foresight::carry_out(const std::vector<Change>& changes) {
    for (const Change& change : changes) std::visit(graph_, change);
    graph_.forget();
}

Foresight::Ends Foresight::all(const Deeds& steps) {
    for (const Deed& step : steps)
        if (const Ends ends = one(step); ends != Ends::well) return ends;
    return Ends::well;
}

Foresight::Ends Foresight::one(const Deed& step) {
    return std::visit([this](const auto& what) { return act(what); }, step.what);
}

Foresight::Ends Foresight::act(const Do& step) {
    return std::visit([&](const auto& what) { return change(what, step); }, step.change);
}

Foresight::Ends Foresight::act(const RevokeAll& step) {
    std::vector<std::pair<std::string, std::string>> pairs;
    if (!step.role.empty() && !step.member.empty()) pairs.emplace_back(step.role, step.member);
    if (step.member.empty())
        for (std::string& member : graph_.members_of(step.role)) pairs.emplace_back(step.role, std::move(member));
    if (step.role.empty())
        for (std::string& role : graph_.roles_of(step.member)) pairs.emplace_back(std::move(role), step.member);
    for (auto& [role, member] : pairs) static_cast<void>(apply(Revoke{role, member, {}}));
    return Ends::well;
}

Foresight::Ends Foresight::act(const Needs& step) {
    if (graph_.principal(step.principal) || step.principal == rules_.hidden) return Ends::well;
    return fails(Mishap::grantee_missing, fmt::format("there is no {}", shown(step.principal)), step.principal);
}

Foresight::Ends Foresight::act(const Assign& step) {
    const auto value = holds(step.value);
    if (!value) return Ends::unknown;
    variables_[step.variable] = *value;
    return Ends::well;
}

Foresight::Ends Foresight::act(const Branch& step) {
    const auto value = holds(step.when);
    if (!value) return Ends::unknown;
    if (!*value) say_held(step.when, step.then);
    return all(*value ? step.then : step.otherwise);
}

Foresight::Ends Foresight::act(const Attempt& step) {
    const Before before = here();
    const bool unsure = std::exchange(unsure_, false);  // what is caught is no surprise
    Ends ends = all(step.body);
    unsure_ = unsure;
    if (ends == Ends::failed) {
        if (step.undone) back_to(before);
        ends = handle(step);
    }
    if (ends != Ends::failed || !unsure) return ends;
    // It may fail as well as not, and counts as if it did not.
    back_to(before);
    failure_ = before.failure;
    variables_ = before.variables;
    return all(step.body);
}

Foresight::Before Foresight::here() const {
    return {graph_.mark(), now_.said.size(), now_.effects.size(), failure_, variables_};
}

void Foresight::back_to(const Before& before) {
    graph_.back_to(before.mark);
    now_.said.resize(before.said);
    now_.effects.resize(before.effects);
}

Foresight::Ends Foresight::handle(const Attempt& step) {
    for (const Handler& handler : step.handlers) {
        const auto caught = catches(handler);
        if (!caught) return Ends::unknown;
        if (!*caught) continue;
        const Ends handled = all(handler.steps);
        if (handled == Ends::well) failure_.reset();
        return handled;
    }
    return Ends::failed;
}

// A name that no mishap has may be that of a class of conditions.
std::optional<bool> Foresight::catches(const Handler& handler) const {
    bool sure = !failure_->unsure;
    for (const std::string& name : handler.catches) {
        if (name == "OTHERS" || (sure && (name == failure_->code || name == failure_->condition))) return true;
        sure = sure && std::ranges::any_of(rules_.mishaps, [&](const MishapRule& known) {
                   return name == known.code || name == known.condition;
               });
    }
    return sure ? std::optional(false) : std::nullopt;
}

Foresight::Ends Foresight::act(const Raise& step) {
    if (step.again && failure_) return Ends::failed;
    if (step.again) return Ends::unknown;
    constexpr std::string_view message = "the script raises an error of its own";
    if (unsure_) {
        now_.may_fail = message;
        return Ends::well;
    }
    failure_ = Failure{{}, {}, {.message = std::string(message)}, true};
    return Ends::failed;
}

// `well`: it is no error, or not for sure. Unlisted mishaps are not known to be errors, nor to be none.
Foresight::Ends Foresight::fails(Mishap mishap, std::string message, std::string_view name) {
    if (blurred(name)) return Ends::unknown;
    const auto rule = std::ranges::find(rules_.mishaps, mishap, &MishapRule::mishap);
    if (rule == rules_.mishaps.end()) return Ends::unknown;
    if (!rule->error) return Ends::well;
    if (unsure_) now_.may_fail = message;
    if (unsure_) return Ends::well;
    if (!rule->code.empty()) message += fmt::format(" ({})", rule->code);
    failure_ = Failure{std::string(rule->code),
                       std::string(rule->condition),
                       {.message = std::move(message), .advice = std::string(rule->advice)},
                       false};
    return Ends::failed;
}

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
    if (rules_.any_case) in_small_letters_.insert(lower_ascii(name));
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

// A branch that is not taken as what it would do is so already says so all the same.
void Foresight::say_held(const Condition& when, const Deeds& steps) {
    for (const Deed& step : steps) {
        const auto* one = std::get_if<Do>(&step.what);
        if (!one) continue;
        const auto* grant = std::get_if<Grant>(&one->change);
        const auto* revoke = std::get_if<Revoke>(&one->change);
        if (!grant && !revoke) continue;
        const std::string& role = grant ? grant->role : revoke->role;
        const std::string& member = grant ? grant->member : revoke->member;
        if (asks_of(when, role, member) && direct(role, member) == std::optional(grant != nullptr))
            now_.said.push_back(one->change);
    }
}

bool Foresight::asks_of(const Condition& condition, const std::string& role, const std::string& member) {
    if (condition.kind == Condition::Kind::question)
        return condition.question.what == Question::What::roles && condition.question.name == role &&
               condition.question.member == member;
    return std::ranges::any_of(condition.parts, [&](const Condition& part) { return asks_of(part, role, member); });
}

// A name that is there in other letters, where that may be the same name; or that no graph shows.
bool Foresight::blurred(std::string_view name) const {
    if (!rules_.hidden.empty() && lower_ascii(name) == rules_.hidden) return true;
    return rules_.any_case && !graph_.principal(name) && in_small_letters_.contains(lower_ascii(name));
}

}  // namespace roost
