// Reads a statement token by token. Each take… passes over what it names, or leaves everything as it was and says
// false.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/recognise.hpp"
#include "core/splitter.hpp"

namespace roost {

// What the gaps of a form were filled with: $role, $member, $name and the aliases ~a.
using Gaps = std::map<std::string, std::string, std::less<>>;

class DdlReader {
public:
    DdlReader(std::vector<Token> tokens, Folding folding, const SplitRules& rules);

    const RoleRules& roles() const { return rules_.roles; }
    const SplitRules& rules() const { return rules_; }
    Folding folding() const { return folding_; }

    // The statement ends here; a semicolon at the end does not count. In a batch the next one may follow at once.
    bool ended() const { return finished() || (rules_.batches && at_next_statement()); }
    bool finished() const { return at_ == tokens_.size(); }  // nothing follows at all

    bool take(std::string_view word) { return take({word}); }
    bool take(std::initializer_list<std::string_view> words);  // unquoted, in any case; all of them or none
    bool take(TokenKind kind);
    bool take_symbol(char symbol);
    bool next_is(std::string_view word) const { return is_word(at_, word); }
    bool next_is_one_of(std::initializer_list<std::string_view> words) const;

    // The name of a principal, as the engine's dictionary spells it; nullopt: none, or a word that stands for another
    // name. An account of any host goes by its user's name alone, others are user@host.
    std::optional<std::string> name();
    std::optional<std::vector<std::string>> names();  // one or more, with commas
    std::optional<std::string> role_name();           // has no host
    std::optional<std::vector<std::string>> role_names();

    std::optional<std::string> string();      // its text, unquoted
    std::optional<std::string> body();        // of $tag$…$tag$ or a string
    std::optional<std::string> literal();     // strings put together with || or +; $tag$…$tag$ too
    std::optional<std::string> word();        // unquoted, in capitals
    std::optional<std::string> number();      // as written, with its sign
    std::optional<std::string> identifier();  // of a table or column, unquoted or not, as written
    void skip_token() { ++at_; }

    // What the form says (form.hpp); nullopt: it does not fit. Words in `hidden` fit no word of a form.
    std::optional<Gaps> take_form(std::string_view form, const std::vector<std::string>& hidden = {});

    bool take_words(std::string_view limit);  // two or more, up to a comma or `limit`: the name of a right
    bool take_rest();                         // whatever it is, if no semicolon is in it

    // Passes over `word` where it comes next outside parentheses, and before `limit` does.
    bool skip_past(std::string_view word, std::string_view limit = {});

    // Passes over the rest, which runs nothing else and starts no other statement; which ends in IS 'text' or IS NULL.
    bool take_query();
    bool take_comment();

    // What stands before the next semicolon, read by itself; passes over both. nullopt: there is no semicolon.
    std::optional<DdlReader> piece();
    DdlReader inside(std::string_view sql) const;  // reads another text by the same rules

private:
    std::optional<std::string> plain_name();
    std::optional<std::vector<std::string>> list(std::optional<std::string> (DdlReader::*next)());
    std::optional<std::string> host();
    bool is_word(std::size_t index, std::string_view word) const;
    bool is_symbol(std::size_t index, char symbol) const;
    bool at_next_statement() const;
    bool begins_statement(std::size_t index) const;
    bool stands_alone(std::size_t index) const;

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    Folding folding_;
    SplitRules rules_;
};

}  // namespace roost
