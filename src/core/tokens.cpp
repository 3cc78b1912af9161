#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "core/lexer.hpp"
#include "core/splitter.hpp"
#include "core/utf8.hpp"

namespace roost {

namespace unquoting {
namespace {

// The number at the start of `text`, of at most `most` digits; passes over it. nullopt where there is none.
std::optional<std::uint32_t> number(std::string_view& text, std::size_t most, int base) {
    std::uint32_t value = 0;
    const char* const begin = text.data();
    const auto [end, error] = std::from_chars(begin, begin + std::min(most, text.size()), value, base);
    text.remove_prefix(static_cast<std::size_t>(end - begin));
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

// One backslash escape of E'…', `text` after the backslash; passes over it.
void escape(std::string& result, std::string_view& text) {
    if (text.empty()) return;
    if (const auto octal = number(text, 3, 8)) {
        result += static_cast<char>(*octal);
        return;
    }
    const char letter = text.front();
    text.remove_prefix(1);
    constexpr std::string_view letters = "bfnrt", controls = "\b\f\n\r\t";
    if (const std::size_t at = letters.find(letter); at != std::string_view::npos) {
        result += controls[at];
        return;
    }
    const std::size_t most = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    const auto code = number(text, most, 16);
    if (!code) {
        result += letter;
    } else if (letter == 'x') {
        result += static_cast<char>(*code);
    } else {
        append_utf8(result, *code);
    }
}

// One backslash escape of an engine whose every string has them: letters alone.
void backslash(std::string& result, std::string_view& text) {
    if (text.empty()) return;
    const char letter = text.front();
    text.remove_prefix(1);
    constexpr std::string_view letters = "0bnrtZ", controls("\0\b\n\r\t\x1A", 6);
    const std::size_t at = letters.find(letter);
    if (letter == '%' || letter == '_') result += '\\';  // LIKE is to see it
    result += at == std::string_view::npos ? letter : controls[at];
}

using Escape = void (*)(std::string&, std::string_view&);

// What stands between quotes, a doubled `close` once. `text` begins after the opening quote. A string that goes on
// after a line break is read to its last part.
std::string between(std::string_view text, char close, Escape escape = nullptr) {
    std::string result;
    while (!text.empty()) {
        const char byte = text.front();
        text.remove_prefix(1);
        if (byte == '\\' && escape) {
            escape(result, text);
        } else if (byte != close) {
            result += byte;
        } else if (text.starts_with(close)) {
            result += close;
            text.remove_prefix(1);
        } else if (text.empty()) {
            return result;
        } else {
            // Comments may stand in between, and hold quotes.
            while (!text.empty() && text.front() != close) {
                const std::size_t line = text.starts_with("--") ? text.find_first_of("\r\n") : 1;
                text.remove_prefix(std::min(line, text.size()));
            }
            text.remove_prefix(std::min(text.size(), std::size_t{1}));
        }
    }
    return result;
}

// What stands between quotes that begin with the first of them.
std::string unquoted(std::string_view text, Escape escape = nullptr) {
    text.remove_prefix(text.find_first_of("'\""));
    return between(text.substr(1), text.front(), escape);
}

std::string chosen(std::string_view text) {
    text.remove_prefix(text.find('\''));
    const std::string close = closing_of(text);
    text.remove_prefix(close.size());
    if (text.ends_with(close)) text.remove_suffix(close.size());
    return std::string(text);
}

std::string inside_tags(std::string_view text) {
    const std::size_t tag = text.find('$', 1) + 1;
    text.remove_prefix(tag);
    return std::string(text.substr(0, text.size() >= tag ? text.size() - tag : 0));
}

Token token(std::string_view sql, const Lexeme& lexeme) {
    const std::string_view text = sql.substr(lexeme.begin, lexeme.end - lexeme.begin);
    const auto make = [&lexeme](TokenKind kind, std::string value) {
        return Token{kind, lexeme.begin, lexeme.end, std::move(value)};
    };
    switch (lexeme.kind) {
        case LexemeKind::word:
            return make(TokenKind::word, std::string(text));
        case LexemeKind::number:
            return make(TokenKind::number, std::string(text));
        case LexemeKind::string:
            return make(TokenKind::string, unquoted(text));
        case LexemeKind::escape_string:
            return make(TokenKind::string, unquoted(text, escape));
        case LexemeKind::backslash_string:
            return make(TokenKind::string, unquoted(text, backslash));
        case LexemeKind::chosen_string:
            return make(TokenKind::string, chosen(text));
        case LexemeKind::body:
            return make(TokenKind::body, inside_tags(text));
        case LexemeKind::quoted_name: {
            const char close = text.front() == '[' ? ']' : text.front();
            return make(TokenKind::quoted_name, between(text.substr(1), close));
        }
        default:
            return make(TokenKind::symbol, std::string(text));
    }
}

}  // namespace
}  // namespace unquoting

std::vector<Token> tokens(std::string_view sql, const SplitRules& rules) {
    std::vector<Token> result;
    Lexer lexer(sql, rules);
    for (Lexeme lexeme = lexer.next(); lexeme.kind != LexemeKind::end; lexeme = lexer.next()) {
        if (lexeme.kind != LexemeKind::comment) result.push_back(unquoting::token(sql, lexeme));
    }
    return result;
}

}  // namespace roost
