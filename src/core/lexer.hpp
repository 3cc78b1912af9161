// The one scanner of SQL text: the splitter and tokens() both read through it. It knows where quotes, names and
// comments begin and end, and nothing of statements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/splitter.hpp"

namespace roost {

enum class LexemeKind : std::uint8_t { end, word, number, quoted_name, string, escape_string, body, symbol, comment };

struct Lexeme {
    LexemeKind kind = LexemeKind::end;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool closed = true;  // false: it would reach past the end of the text. A comment is given only then
};

bool is_blank(char byte);

class Lexer {
public:
    // Begins at `at`, which must be no place inside a lexeme. A byte-order mark at the start of the text is passed
    // over.
    Lexer(std::string_view text, const SplitRules& rules, std::size_t at = 0);
    Lexeme next();

private:
    Lexeme word();
    Lexeme number();
    Lexeme symbol(std::size_t size = 1);
    Lexeme string(std::size_t begin, bool escapes);
    Lexeme quoted_name(char close, bool doubled);
    Lexeme dollar();
    bool block_comment();  // false: never closed
    bool at_string(std::size_t offset) const { return offset < text_.size() && text_[offset] == '\''; }
    bool pair(char second) const { return at_ + 1 < text_.size() && text_[at_ + 1] == second; }
    std::size_t continued(std::size_t offset) const;

    std::string_view text_;
    const SplitRules* rules_;
    std::size_t at_;
};

}  // namespace roost
