// Words and blanks in a text.
#pragma once

#include <string_view>

namespace roost {

// Whether `word`, in capitals, stands in the text by itself, in any case; also inside of strings and bodies, which may
// be run. A word that ends in * is any that begins so.
bool holds_word(std::string_view text, std::string_view word);

// Without those of `blanks` at its ends.
std::string_view trimmed(std::string_view text, std::string_view blanks = " ");

}  // namespace roost
