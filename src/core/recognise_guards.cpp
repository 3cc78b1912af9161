#include <algorithm>
#include <array>
#include <utility>

#include "core/recognised.hpp"

namespace roost {

namespace guards {
namespace {

std::string gap(const Gaps& gaps, std::string_view name) {
    const auto found = gaps.find(name);
    return found == gaps.end() ? std::string{} : found->second;
}

// What its texts name, as a reader of names would spell it; nullopt: a name that stands for something else.
std::optional<Condition> asked(const DdlReader& sql, const GuardForm& form, const Gaps& gaps) {
    std::string name = gap(gaps, "$name");
    if (name.empty()) name = gap(gaps, "$role");
    const std::string_view hidden = sql.roles().hidden;
    const std::size_t most = sql.roles().name_bytes;
    if (name.empty() || name == hidden || (most != 0 && name.size() > most)) return std::nullopt;
    std::string member = gap(gaps, "$member");
    if (const std::string host = gap(gaps, "$host"); !host.empty() && host != "%")
        (member.empty() ? name : member) += "@" + host;
    const Condition question{.question = {.meaning = form.meaning, .name = name, .member = member}};
    return form.holds ? question : none_of(question);
}

// Of an expression that is neither true nor false where a name is unknown, no opposite is taken.
bool may_be_null(Meaning meaning) { return meaning == Meaning::nested_member || meaning == Meaning::not_nested; }

// = 0, > 0 and the like behind a count, as whether there is one; nullopt: another number.
std::optional<bool> take_count(DdlReader& sql, bool unique) {
    struct Comparison {
        std::string_view form;
        bool some;
        bool of_one;  // true only where there is one at most
    };
    constexpr std::array<Comparison, 10> comparisons{{{"= 0", false, false},
                                                      {"> 0", true, false},
                                                      {"< 1", false, false},
                                                      {"> = 1", true, false},
                                                      {"< > 0", true, false},
                                                      {"! = 0", true, false},
                                                      {"< = 0", false, false},
                                                      {"= 1", true, true},
                                                      {"< > 1", false, true},
                                                      {"! = 1", false, true}}};
    for (const Comparison& comparison : comparisons)
        if ((unique || !comparison.of_one) && sql.take_form(comparison.form)) return comparison.some;
    return std::nullopt;
}

class GuardReader {
public:
    GuardReader(DdlReader& sql, const std::vector<std::string>& hidden) : sql_(sql), hidden_(hidden) {}

    std::optional<Condition> any() { return list(Condition::Kind::any_of); }

private:
    std::optional<Condition> list(Condition::Kind kind) {
        const bool any = kind == Condition::Kind::any_of;
        Condition all{.kind = kind};
        do {
            auto next = any ? list(Condition::Kind::all_of) : one();
            if (!next) return std::nullopt;
            all.parts.push_back(std::move(*next));
        } while (sql_.take(any ? "OR" : "AND"));
        if (all.parts.size() > 1) return all;
        Condition alone = std::move(all.parts.front());
        return alone;
    }

    std::optional<Condition> one() {
        if (sql_.take("NOT")) {
            ++negations_;
            auto inner = one();
            --negations_;
            return inner ? std::optional(none_of(std::move(*inner))) : std::nullopt;
        }
        for (const GuardForm& form : sql_.roles().tests) {
            DdlReader here = sql_;
            const auto gaps = here.take_form(form.form, hidden_);
            if (!gaps || (may_be_null(form.meaning) && negations_ > 0)) continue;
            sql_ = std::move(here);
            return asked(sql_, form, *gaps);
        }
        if (auto found = exists()) return found;
        if (auto found = counted()) return found;
        if (auto found = failure()) return found;
        if (sql_.take_symbol('(')) {
            auto inner = any();
            return inner && sql_.take_symbol(')') ? std::move(inner) : std::nullopt;
        }
        return set_before();
    }

    std::optional<Condition> exists() {
        DdlReader here = sql_;
        if (!here.take("EXISTS") || !here.take_symbol('(')) return std::nullopt;
        const auto found = take_finding(here, "SELECT [ $x ]", hidden_);
        if (!found) return std::nullopt;
        here.take_form("LIMIT 1");
        if (!here.take_symbol(')')) return std::nullopt;
        sql_ = std::move(here);
        return found->found;
    }

    // (SELECT COUNT(*) FROM …) = 0
    std::optional<Condition> counted() {
        DdlReader here = sql_;
        if (!here.take_symbol('(')) return std::nullopt;
        auto found = take_finding(here, "SELECT COUNT ( $* )", hidden_);
        if (!found || !here.take_symbol(')')) return std::nullopt;
        const auto some = take_count(here, found->unique);
        if (!some) return std::nullopt;
        sql_ = std::move(here);
        return *some ? found->found : none_of(std::move(found->found));
    }

    // SQLCODE = -1921, SQLCODE NOT IN (-1921, -1920)
    std::optional<Condition> failure() {
        DdlReader here = sql_;
        if (!here.take("SQLCODE")) return std::nullopt;
        const bool unlike = here.take("NOT") || here.take_form("! =") || here.take_form("< >");
        const bool list = here.take("IN");
        if (list ? !here.take_symbol('(') : !unlike && !here.take_symbol('=')) return std::nullopt;
        Condition any{.kind = Condition::Kind::any_of};
        do {
            auto code = here.number();
            if (!code) return std::nullopt;
            any.parts.push_back({.question = {.what = Question::What::failure, .name = std::move(*code)}});
        } while (list && here.take_symbol(','));
        if (list && !here.take_symbol(')')) return std::nullopt;
        sql_ = std::move(here);
        return unlike ? none_of(std::move(any)) : any;
    }

    // A variable that holds a count, or whether something was found.
    std::optional<Condition> set_before() {
        auto name = sql_.word();
        if (!name || (*name != "FOUND" && std::ranges::find(hidden_, *name) == hidden_.end())) return std::nullopt;
        Condition value = variable(std::move(*name));
        if (sql_.finished() || sql_.next_is_one_of({"THEN", "AND", "OR"})) return value;
        const auto some = take_count(sql_, false);
        if (!some) return std::nullopt;
        return *some ? value : none_of(std::move(value));
    }

    DdlReader& sql_;
    const std::vector<std::string>& hidden_;
    int negations_ = 0;
};

}  // namespace
}  // namespace guards

Condition none_of(Condition condition) {
    Condition opposite{.kind = Condition::Kind::none_of};
    opposite.parts.push_back(std::move(condition));
    return opposite;
}

Condition variable(std::string name) {
    return {.question = {.what = Question::What::variable, .name = std::move(name)}};
}

std::optional<Finds> take_finding(DdlReader& sql, std::string_view selecting, const std::vector<std::string>& hidden) {
    for (const GuardForm& form : sql.roles().queries) {
        DdlReader here = sql;
        auto gaps = here.take_form(std::string(selecting) + " " + std::string(form.form), hidden);
        if (!gaps) continue;
        auto found = guards::asked(here, form, *gaps);
        if (!found) return std::nullopt;
        sql = std::move(here);
        return Finds{std::move(*found), form.unique, std::move(*gaps)};
    }
    return std::nullopt;
}

std::optional<Condition> take_condition(DdlReader& sql, const std::vector<std::string>& hidden) {
    return guards::GuardReader(sql, hidden).any();
}

}  // namespace roost
