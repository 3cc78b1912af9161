#include "core/foresee.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/describe.hpp"

namespace roost {

Foresight::Foresight(const RoleGraph& start, const RoleRules& rules, Runner runner)
    : start_(start), graph_(start), rules_(rules), runner_(std::move(runner)) {
    if (!rules_.any_case) return;
    for (const Principal& principal : start.principals()) in_any_case_.insert(in_any_case(principal.name));
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
    if (step.with_values && !(runner_.options & option::inherit)) return Ends::unknown;
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
    if (ends == Ends::well && now_.effects.size() > before.effects && passes_over_denials(step))
        now_.may_fail = "the account may be denied it, and the block would go on as if nothing were";
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

static bool raises(const Deeds& steps) {
    return std::ranges::any_of(steps, [](const Deed& step) {
        const auto* branch = std::get_if<Branch>(&step.what);
        return std::get_if<Raise>(&step.what) || (branch && (raises(branch->then) || raises(branch->otherwise)));
    });
}

// What an account may do no role graph tells, but for a superuser's.
bool Foresight::passes_over_denials(const Attempt& step) const {
    static constexpr std::string_view denials[] = {"OTHERS", "INSUFFICIENT_PRIVILEGE", "42501", "-1031"};
    const Principal* account = graph_.principal(runner_.account);
    if (account && account->superuser) return false;
    return std::ranges::any_of(step.handlers, [](const Handler& handler) {
        return !raises(handler.steps) && std::ranges::any_of(handler.catches, [](const std::string& caught) {
            return std::ranges::find(denials, caught) != std::end(denials);
        });
    });
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

}  // namespace roost
