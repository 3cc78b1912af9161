#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "drivers/oracle/parts.hpp"

namespace roost::oracle {
namespace {

class Words {
public:
    Words(std::string_view statement, const std::vector<Token>& all) : statement_(statement), all_(&all) {}

    std::size_t size() const { return all_->size(); }
    std::string_view text(std::size_t i) const {
        return statement_.substr((*all_)[i].begin, (*all_)[i].end - (*all_)[i].begin);
    }
    bool is(std::size_t i, std::string_view word) const {
        return i < size() && (*all_)[i].kind == TokenKind::word && upper_ascii(text(i)) == word;
    }
    bool is_symbol(std::size_t i, std::string_view symbol) const {
        return i < size() && (*all_)[i].kind == TokenKind::symbol && text(i) == symbol;
    }
    // Whether nothing is between this one and the next.
    bool touches_next(std::size_t i) const { return i + 1 < size() && (*all_)[i].end == (*all_)[i + 1].begin; }
    bool is_name(std::size_t i) const {
        if (i >= size()) return false;
        const TokenKind kind = (*all_)[i].kind;
        return kind == TokenKind::word || kind == TokenKind::number || kind == TokenKind::quoted_name;
    }

private:
    std::string_view statement_;
    const std::vector<Token>* all_;
};

constexpr auto unit_kinds = std::to_array<std::string_view>({"FUNCTION", "PROCEDURE", "PACKAGE", "TRIGGER", "TYPE"});

// CREATE [OR REPLACE] [EDITIONABLE | NONEDITIONABLE] kind; empty: another statement.
std::string_view created_unit(const Words& words) {
    if (!words.is(0, "CREATE")) return {};
    std::size_t at = 1;
    while (words.is(at, "OR") || words.is(at, "REPLACE") || words.is(at, "EDITIONABLE") ||
           words.is(at, "NONEDITIONABLE"))
        ++at;
    for (const auto kind : unit_kinds)
        if (words.is(at, kind)) return kind;
    return {};
}

bool is_plsql(const Words& words) {
    const bool labelled = words.is_symbol(0, "<") || words.is_symbol(0, "<<");
    return labelled || words.is(0, "BEGIN") || words.is(0, "DECLARE") || !created_unit(words).empty();
}

std::string_view without_end(std::string_view statement) {
    const auto last = statement.find_last_not_of(" \t\r\n\v\f");
    return statement.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// Something that a value would have to be bound to: a bare ? to ODBC, and :name to Oracle. A trigger has its :new and
// :old.
Result<void> has_no_holes(const Words& words) {
    const bool is_trigger = created_unit(words) == "TRIGGER";
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words.text(i).contains('?') && !words.is_name(i) && words.is_symbol(i, words.text(i)))
            return misuse("a ? outside of quotes cannot be sent over ODBC, which takes it for a parameter",
                          "write what it stands for");
        const bool variable = words.is_symbol(i, ":") && words.touches_next(i) && words.is_name(i + 1);
        if (variable && !is_trigger)
            return misuse(fmt::format(":{} is a variable that nobody gives a value", words.text(i + 1)),
                          "write the value, or a placeholder ${…}, or DECLARE a variable of PL/SQL");
    }
    return {};
}

}  // namespace

// SQL goes without its last semicolon, PL/SQL with it.
Result<std::string> sendable(std::string_view statement) {
    const std::vector<Token> all = tokens(statement, driver.info.split);
    const Words words(statement, all);
    if (auto whole = has_no_holes(words); !whole) return fail(std::move(whole.error()));
    const bool ended = words.size() > 0 && words.is_symbol(words.size() - 1, ";");
    if (is_plsql(words)) return fmt::format("{}{}", without_end(statement), ended ? "" : ";");
    if (!ended) return std::string(statement);
    return std::string(statement.substr(0, all.back().begin));
}

}  // namespace roost::oracle
