// What a statement does, as text: changes as in plan_text.hpp; "if QUESTION {", "else {", "try {", "on NAME {", "}";
// "needs alice", "set n QUESTION", "raise", "again", "?" for what is not understood; a note in brackets where a change
// is made only if it is needed.
#pragma once

#include <optional>
#include <string>

#include "core/program.hpp"
#include "support/plan_text.hpp"

namespace roost::test {

inline std::string question_text(const Question& question) {
    if (question.what == Question::What::failure) return "failure " + question.name;
    if (question.what == Question::What::variable) return "$" + question.name;
    const std::string of = question.member.empty() ? "" : " " + question.member;
    switch (question.meaning) {
        case Meaning::principal:
            return "principal " + question.name;
        case Meaning::role:
            return "role " + question.name;
        case Meaning::user:
            return "user " + question.name;
        case Meaning::any_host:
            return "any " + question.name;
        case Meaning::member:
            return "member " + question.name + of;
        case Meaning::role_as_member:
            return "member role " + question.name + of;
        case Meaning::user_as_member:
            return "member user " + question.name + of;
        case Meaning::nested_member:
            return "nested " + question.name + of;
        case Meaning::not_nested:
            return "not nested " + question.name + of;
        case Meaning::not_in:
            return "not in " + question.name + of;
        case Meaning::unknown_pair:
            return "unknown " + question.name + of;
        default:
            return "has " + question.name + of;
    }
}

inline std::string text(const Condition& condition) {
    if (condition.kind == Condition::Kind::question) return question_text(condition.question);
    std::string inner;
    for (const Condition& part : condition.parts)
        inner += (inner.empty() ? "" : condition.kind == Condition::Kind::all_of ? " and " : " or ") + text(part);
    return (condition.kind == Condition::Kind::none_of ? "no (" : "(") + inner + ")";
}

inline std::string text(const Deeds& steps);

struct DeedText {
    std::string operator()(const Do& one) const {
        std::string line = text(std::vector<Change>{one.change});
        line.pop_back();
        return line + (one.if_needed ? " [if needed]" : "") + (one.once ? " [once]" : "") + "\n";
    }
    std::string operator()(const RevokeAll& all) const {
        return "revoke " + (all.role.empty() ? "all" : all.role) + " from " +
               (all.member.empty() ? "all" : all.member) + "\n";
    }
    std::string operator()(const Needs& needs) const { return "needs " + needs.principal + "\n"; }
    std::string operator()(const Assign& set) const { return "set " + set.variable + " " + text(set.value) + "\n"; }
    std::string operator()(const Branch& branch) const {
        const std::string otherwise = text(branch.otherwise);
        return "if " + text(branch.when) + " {\n" + text(branch.then) + "}\n" +
               (otherwise.empty() ? "" : "else {\n" + otherwise + "}\n");
    }
    std::string operator()(const Attempt& attempt) const {
        std::string out = "try {\n" + text(attempt.body) + "}\n";
        for (const Handler& handler : attempt.handlers) {
            out += "on";
            for (const std::string& name : handler.catches) out += " " + name;
            out += " {\n" + text(handler.steps) + "}\n";
        }
        return out;
    }
    std::string operator()(const Raise& raise) const { return raise.again ? "again\n" : "raise\n"; }
    std::string operator()(const NotUnderstood&) const { return "?\n"; }
};

inline std::string text(const Deeds& steps) {
    std::string out;
    for (const Deed& step : steps) out += std::visit(DeedText{}, step.what);
    return out;
}

// "opaque" where the statement is not understood.
inline std::string text(const std::optional<Deeds>& steps) { return steps ? text(*steps) : "opaque"; }

}  // namespace roost::test
