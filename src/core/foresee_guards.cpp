// What guards ask, answered from the graph.
#include <algorithm>

#include "core/ascii.hpp"
#include "core/foresee.hpp"

namespace roost {

std::optional<bool> Foresight::holds(const Condition& condition) const {
    using Kind = Condition::Kind;
    if (condition.kind == Kind::question) return answer(condition.question);
    const bool stops_at = condition.kind != Kind::all_of;
    bool sure = true;
    for (const Condition& part : condition.parts) {
        const auto value = holds(part);
        if (value == std::optional(stops_at)) return condition.kind == Kind::any_of;
        sure = sure && value;
    }
    if (!sure) return std::nullopt;
    return condition.kind != Kind::any_of;
}

std::optional<bool> Foresight::answer(const Question& question) const {
    if (question.what == Question::What::roles) return answer_of_roles(question);
    if (question.what == Question::What::failure) {
        if (!failure_ || failure_->unsure) return std::nullopt;
        return failure_->code == question.name;
    }
    const auto variable = variables_.find(question.name);
    return variable == variables_.end() ? std::nullopt : std::optional(variable->second);
}

std::optional<bool> Foresight::answer_of_roles(const Question& question) const {
    if (blurred(question.name) || (!question.member.empty() && blurred(question.member))) return std::nullopt;
    const Principal* there = graph_.principal(question.name);
    switch (question.meaning) {
        case Meaning::principal:
            return there != nullptr;
        case Meaning::role:
            return is_role(question.name);
        case Meaning::user:
            return is_user(question.name);
        case Meaning::any_host:
            return there || graph_.has_prefix(question.name + "@");
        case Meaning::member:
            return direct(question.name, question.member);
        case Meaning::role_as_member:
            return is_role(question.member) ? direct(question.name, question.member) : false;
        case Meaning::user_as_member:
            return is_user(question.member) ? direct(question.name, as_user(question.member)) : false;
        default:
            return answer_of_pair(question);
    }
}

std::optional<bool> Foresight::answer_of_pair(const Question& question) const {
    const Principal* member = graph_.principal(question.member);
    const bool known = member && (rules_.users_are_roles || is_role(question.name));
    if (question.meaning == Meaning::unknown_pair) return !known;
    if (!known) {
        // Of has_role an error, which is left to the engine.
        if (question.meaning == Meaning::has_role) return std::nullopt;
        return question.meaning == Meaning::not_in;
    }
    if (question.meaning == Meaning::has_role && (member->superuser || question.name == question.member)) return true;
    const auto in = nested(question.name, question.member);
    if (!in) return std::nullopt;
    return *in == (question.meaning == Meaning::nested_member || question.meaning == Meaning::has_role);
}

bool Foresight::is_role(std::string_view name) const {
    const Principal* there = graph_.principal(name);
    return there && there->kind == PrincipalKind::role;
}

bool Foresight::is_user(std::string_view name) const {
    const Principal* there = graph_.principal(as_user(name));
    return there && there->kind == PrincipalKind::user;
}

// Where users and roles share a name, the user goes by its host.
std::string Foresight::as_user(std::string_view name) const {
    return rules_.accounts && is_role(name) ? std::string(name) + "@%" : std::string(name);
}

// Rows that only administer are not in the graph; nobody has one of a role that this run made.
std::optional<bool> Foresight::direct(std::string_view role, std::string_view member) const {
    if (!graph_.memberships(role, member).empty()) return true;
    if (runner_.maker_is_hidden && member == runner_.account) return std::nullopt;
    if (runner_.rows_by_grantor && (start_.find(role) || member == runner_.account)) return std::nullopt;
    return false;
}

std::optional<bool> Foresight::nested(std::string_view role, std::string_view member) const {
    if (graph_.reaches(member, role)) return true;
    return direct(role, member);
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
    return rules_.any_case && !graph_.principal(name) && in_any_case_.contains(in_any_case(name));
}

// Letters beyond ASCII are all one: which of them are the same in capitals, the collation knows.
std::string Foresight::in_any_case(std::string_view name) {
    std::string letters = lower_ascii(name);
    const auto beyond = [](char c) { return (c & 0x80) != 0; };
    std::ranges::replace_if(letters, beyond, '?');
    const auto again = std::ranges::unique(letters, [](char a, char b) { return a == '?' && b == '?'; });
    letters.erase(again.begin(), again.end());
    return letters;
}

}  // namespace roost
