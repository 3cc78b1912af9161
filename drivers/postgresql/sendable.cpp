#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

// A dollar quote that the text does not hold.
std::string quote_around(std::string_view text) {
    std::string tag = "$roost$";
    for (int i = 0; text.contains(tag); ++i) tag = fmt::format("$roost{}$", i);
    return tag;
}

std::string_view text_of(std::string_view statement, const Token& token) {
    return statement.substr(token.begin, token.end - token.begin);
}

bool is_word(std::string_view statement, const Token& token, std::string_view upper) {
    return token.kind == TokenKind::word && upper_ascii(text_of(statement, token)) == upper;
}

// COPY … FROM STDIN or TO STDOUT: data of another protocol. psqlodbc 13.02 never comes back from either.
bool copies_through_client(std::string_view statement, const std::vector<Token>& words) {
    if (words.empty() || !is_word(statement, words.front(), "COPY")) return false;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const bool in = is_word(statement, words[i - 1], "FROM") && is_word(statement, words[i], "STDIN");
        const bool out = is_word(statement, words[i - 1], "TO") && is_word(statement, words[i], "STDOUT");
        if (in || out) return true;
    }
    return false;
}

}  // namespace

// psqlodbc takes a ? outside quotes for a parameter, jsonb's operators too, and has no way to say otherwise. It leaves
// dollar quotes alone, so such a statement is handed to EXECUTE as text.
Result<std::string> sendable(std::string_view statement) {
    const std::vector<Token> words = tokens(statement, driver.info.split);
    if (copies_through_client(statement, words))
        return misuse("COPY from STDIN or to STDOUT cannot be sent over ODBC",
                      "write INSERT statements, or COPY from and to a file of the server's");
    const bool marked = std::ranges::any_of(words, [&](const Token& token) {
        return token.kind == TokenKind::symbol && text_of(statement, token).contains('?');
    });
    if (!marked) return std::string(statement);
    const std::string inner = quote_around(statement);
    const std::string text = fmt::format("BEGIN EXECUTE {0}{1}{0}; END", inner, statement);
    const std::string outer = quote_around(text);
    return fmt::format("DO {0}{1}{0}", outer, text);
}

}  // namespace roost::postgresql
