// The one scanner of SQL text: the splitter and tokens() both read through it. It knows where quotes, names and
// comments begin and end, and nothing of statements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/split_rules.hpp"

namespace roost {

enum class LexemeKind : std::uint8_t {
    end,
    word,
    number,
    quoted_name,
    string,            // '…', N'…', "…" where that is a string
    escape_string,     // E'…\'…'
    backslash_string,  // '…\'…' where every string has escapes
    chosen_string,     // q'[…]'
    body,              // $tag$…$tag$
    symbol,            // one sign; $1; what opens and closes a comment that is executed
    delimiter,
    comment,
};

struct Lexeme {
    LexemeKind kind = LexemeKind::end;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool closed = true;  // false: it would reach past the end of the text. A comment is given only then
};

bool is_blank(char byte);

// What closes q'[…]', of the text from its quote on: ]'. Empty: none can, it is a string as any other.
std::string closing_of(std::string_view quoted);

class Lexer {
public:
    // Begins at `at`, which must be no place inside a lexeme. A byte-order mark at the start of the text is passed
    // over. `delimiter` is a lexeme of its own wherever it stands outside quotes and comments; empty: there is none.
    Lexer(std::string_view text, const SplitRules& rules, std::size_t at = 0, std::string_view delimiter = {});
    Lexeme next();
    void move_to(std::size_t at) { at_ = at; }
    bool in_executed_comment() const { return executed_.has_value(); }

private:
    Lexeme sign();
    Lexeme quote(std::size_t begin);
    Lexeme word();
    Lexeme number();
    Lexeme symbol(std::size_t size = 1);
    Lexeme string(std::size_t begin, LexemeKind kind);
    Lexeme chosen_string(std::size_t begin);
    Lexeme quoted_name(char close, bool doubled);
    Lexeme dollar();
    bool block_comment();  // false: never closed
    Lexeme executed_comment();
    bool at_line_comment() const;
    bool at_executed_comment() const;
    bool at_delimiter() const { return !delimiter_.empty() && text_.substr(at_).starts_with(delimiter_); }
    bool at_string(std::size_t offset) const { return offset < text_.size() && text_[offset] == '\''; }
    bool pair(char second) const { return at_ + 1 < text_.size() && text_[at_ + 1] == second; }
    std::size_t continued(std::size_t offset) const;

    std::string_view text_;
    const SplitRules* rules_;
    std::size_t at_;
    std::string_view delimiter_;
    std::optional<std::size_t> executed_;  // where the executed comment began in which we are
};

}  // namespace roost
