#include <fmt/format.h>

#include <algorithm>

#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

// A dollar quote that the text does not hold.
std::string quote_around(std::string_view text) {
    std::string tag = "$roost$";
    for (int i = 0; text.contains(tag); ++i) tag = fmt::format("$roost{}$", i);
    return tag;
}

bool has_bare_mark(std::string_view statement) {
    if (!statement.contains('?')) return false;
    return std::ranges::any_of(tokens(statement, driver.info.split), [&](const Token& token) {
        return token.kind == TokenKind::symbol && statement.substr(token.begin, token.end - token.begin).contains('?');
    });
}

}  // namespace

// psqlodbc takes a ? outside quotes for a parameter, jsonb's operators too, and has no way to say otherwise. It leaves
// dollar quotes alone, so such a statement is handed to EXECUTE as text.
std::string sendable(std::string_view statement) {
    if (!has_bare_mark(statement)) return std::string(statement);
    const std::string inner = quote_around(statement);
    const std::string text = fmt::format("BEGIN EXECUTE {0}{1}{0}; END", inner, statement);
    const std::string outer = quote_around(text);
    return fmt::format("DO {0}{1}{0}", outer, text);
}

}  // namespace roost::postgresql
