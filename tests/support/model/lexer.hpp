// SQL as tokens. Both dialects are read by one lexer; what differs is data.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace model {

struct Token {
    // word: an identifier or key word as written. name: quoted. variable: @x, @@x, :x. symbol: the rest.
    enum class Kind : unsigned char { word, name, string, number, variable, parameter, symbol, end };
    Kind kind = Kind::end;
    std::string text = {};   // as it is to be read: quotes taken off
    std::string upper = {};  // of a word or symbol, for comparing; empty for the others
    std::size_t from = 0;
    std::size_t to = 0;  // in the source

    bool is(std::string_view word) const { return upper == word; }
    bool is_name() const { return kind == Kind::word || kind == Kind::name; }
};
inline bool any_of(const Token& token, std::initializer_list<std::string_view> words) {
    return token.kind == Token::Kind::word && std::ranges::find(words, std::string_view(token.upper)) != words.end();
}
using Tokens = std::vector<Token>;  // always ended by one of kind `end`

struct LexRules {
    bool brackets = false;         // [name]
    bool at_variables = false;     // @x, @@x and #temporary
    bool colon_variables = false;  // :x, and q'[text]'
    bool nested_comments = false;
};

// Throws std::string, what is wrong, for a quote or comment that is not closed.
Tokens lex(std::string_view sql, const LexRules& rules);

// How many bound parameters stand before the token `to`.
inline int parameters_in(const Tokens& tokens, std::size_t to) {
    return static_cast<int>(std::count_if(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(to),
                                          [](const Token& token) { return token.kind == Token::Kind::parameter; }));
}

}  // namespace model
