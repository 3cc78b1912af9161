// Splits a script into statements: one reader for every engine, led by data.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/client.hpp"
#include "core/error.hpp"
#include "core/placeholders.hpp"
#include "core/split_rules.hpp"

namespace roost {

// A statement as it stands in the source, without its terminator and the blanks and comments before it.
struct Slice {
    std::size_t begin = 0;  // bytes of Source::text()
    std::size_t end = 0;
    std::size_t data_end = 0;    // of the COPY data that follows it, without the \. that ends it; 0: there is none
    std::size_t times = 1;       // to be run one after the other: GO 3
    std::string rewritten = {};  // as it is to be sent where that differs from what stands there; empty: it does not
};

// What is to be sent, without COPY data.
std::string sent(const Source& source, const Slice& slice);

// Pulls one statement after the other. A comment-only tail is no statement; an unclosed quote, comment, body or COPY is
// an error at the place where it was opened. Lines of the command-line client are carried out, or refused at their
// place. Its variables are replaced in statements, not in comments; where a statement ends does not depend on them.
class Splitter {
public:
    Splitter(const Source& source, const SplitRules& rules) : source_(&source), rules_(&rules), client_(rules) {}
    // nullopt at the end. After an error only nullopt follows.
    std::optional<Result<Slice>> next();

private:
    const Source* source_;
    const SplitRules* rules_;
    Client client_;
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
