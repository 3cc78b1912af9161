// Follows a compound statement of SQL/PSM word by word: whether a ; stands inside its blocks. Words in parentheses are
// kept from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace roost {

class Blocks {
public:
    void header() { before_ = Before::kind; }  // the kind of a routine came last: its body is yet to come
    void word(std::string_view text);
    void symbol(char symbol);
    void other();  // a string, a number, a quoted name
    bool open() const { return depth_ > 0; }

private:
    enum class Before : std::uint8_t {
        start,  // a statement begins next
        end,    // END: its kind or label may follow
        until,  // UNTIL and its condition: END may follow
        kind,   // PROCEDURE …: IF NOT EXISTS may follow
        named,  // a word of a routine's header that takes the next one along: BEFORE INSERT, CHARACTER SET
        loop,   // FOR in a header: EACH ROW, or a loop
        header,
        other,
    };
    bool in_header() const { return before_ >= Before::kind && before_ < Before::other; }
    void header_word(std::string_view text, Before before);
    void enter(std::string_view text);

    Before before_ = Before::start;
    std::size_t depth_ = 0;
    std::size_t cases_ = 0;  // CASE … END as an expression
    bool handler_ = false;   // DECLARE … HANDLER: its block follows a condition
};

}  // namespace roost
