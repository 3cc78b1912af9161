// Reads a statement token by token. Each take… passes over what it names, or leaves everything as it was and says
// false.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/recognise.hpp"
#include "core/splitter.hpp"

namespace roost {

class DdlReader {
public:
    DdlReader(std::vector<Token> tokens, Folding folding, const RoleRules& roles);

    const RoleRules& roles() const { return roles_; }

    bool ended() const { return at_ == tokens_.size(); }  // a semicolon at the end does not count
    bool take(std::string_view word) { return take({word}); }
    bool take(std::initializer_list<std::string_view> words);  // unquoted, in any case; all of them or none
    bool take(TokenKind kind);
    bool take_symbol(char symbol);

    // The name of a principal, as the engine's dictionary spells it; nullopt: none, or a word that stands for another
    // name. An account of any host goes by its user's name alone, others are user@host.
    std::optional<std::string> name();
    std::optional<std::vector<std::string>> names();  // one or more, with commas

    std::optional<std::string> string();  // its text, unquoted

    bool take_words(std::string_view limit);  // two or more, up to a comma or `limit`: the name of a right
    bool take_rest();                         // whatever it is, if no semicolon is in it

    // Passes over `word` where it comes next outside parentheses, and before `limit` does.
    bool skip_past(std::string_view word, std::string_view limit = {});

    // Of the rest: it calls no function and starts no other statement; it ends in IS 'text' or IS NULL.
    bool calls_nothing() const;
    bool ends_with_comment() const;

private:
    std::optional<std::string> plain_name();
    std::optional<std::string> host();
    bool is_word(std::size_t index, std::string_view word) const;
    bool is_symbol(std::size_t index, char symbol) const;

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    Folding folding_;
    RoleRules roles_;
};

}  // namespace roost
