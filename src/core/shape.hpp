// What the words of a statement say about where it may end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/blocks.hpp"
#include "core/split_rules.hpp"

namespace roost {

class Shape {
public:
    explicit Shape(const SplitRules& rules) : rules_(&rules) {}

    // What stands next outside parentheses, at `begin` of the text.
    void word(std::string_view text, std::size_t begin);
    void symbol(char symbol);
    void other();  // a string, a number, a quoted name

    bool ends_at_semicolon() const;
    bool ends_at_slash() const { return kind_ == Kind::block || kind_ == Kind::query || kind_ == Kind::lines; }
    bool keeps_semicolon() const { return kind_ != Kind::query; }  // of its last one before the slash
    bool is_lines() const { return kind_ == Kind::lines; }         // its text is no SQL up to the slash
    bool data_follows() const { return data_follows_; }
    bool needs_delimiter() const { return kind_ == Kind::package; }
    // Where the body begins that is still open; nullopt: none is.
    std::optional<std::size_t> open_body() const;

private:
    enum class Kind : std::uint8_t {
        leading,   // no word yet
        create,    // CREATE and what may stand before the kind of object
        begin,     // BEGIN, which opens a block where NOT ATOMIC follows
        plain,     // ends at the next ; outside parentheses
        copy,      // COPY: as plain, but data may follow
        routine,   // CREATE FUNCTION: may yet have a body
        body,      // ends at a ; after an END that itself follows a ;
        compound,  // ends at a ; outside its blocks
        package,   // blocks that cannot be told apart
        block,     // ends at a /
        query,     // ends at a /, and its last ; is no part of it
        lines,     // ends at a /, and is in another language
    };
    // The last lexeme, as far as it matters for the next one.
    enum class Before : std::uint8_t { other, from, begin, stop, end, with };

    void leading_word(std::string_view text, std::size_t begin);
    void kind_of_object(std::string_view text);

    const SplitRules* rules_;
    Kind kind_ = Kind::leading;
    Before before_ = Before::other;
    bool defined_by_ = false;  // DEFINER =
    bool data_follows_ = false;
    std::size_t begin_ = 0;  // of the statement
    std::size_t body_ = 0;
    Blocks blocks_;
};

}  // namespace roost
