// Splits a script into statements: one reader for every engine, led by data.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/placeholders.hpp"

namespace roost {

// What an engine's script language has. Sources: reference documentation of each engine, "Lexical structure".
struct SplitRules {
    bool nested_comments = false;  // /* /* */ */
    bool dollar_quotes = false;    // $tag$ … $tag$
    bool escape_strings = false;   // E'…\'…'
    bool bracket_names = false;    // [name]
    bool backtick_names = false;   // `name`
    bool copy_data = false;        // COPY … FROM STDIN; and its data up to \. on a line of its own
    bool atomic_bodies = false;    // BEGIN ATOMIC … END in a function's body
    bool trigger_bodies = false;   // CREATE TRIGGER … BEGIN … END
};

// A statement as it stands in the source, without its terminator and the blanks and comments before it.
struct Slice {
    std::size_t begin = 0;  // bytes of Source::text()
    std::size_t end = 0;
    std::size_t data_end = 0;  // of the COPY data that follows it, without the \. that ends it; 0: there is none
};

// Pulls one statement after the other. A comment-only tail is no statement; an unclosed quote, comment, body or COPY is
// an error at the place where it was opened.
class Splitter {
public:
    Splitter(const Source& source, const SplitRules& rules) : source_(&source), rules_(&rules) {}
    // nullopt at the end. After an error only nullopt follows.
    std::optional<Result<Slice>> next();

private:
    const Source* source_;
    const SplitRules* rules_;
    std::size_t at_ = 0;
};

// One token of SQL, for those that look into a statement (recognise.hpp). Blanks and comments are passed over.
enum class TokenKind : std::uint8_t { word, quoted_name, string, number, symbol, body };  // body: $tag$…$tag$
struct Token {
    TokenKind kind = TokenKind::symbol;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string value;  // word: as written; quoted_name, string, body: unquoted
};
std::vector<Token> tokens(std::string_view sql, const SplitRules& rules);

}  // namespace roost
