// Whole words in a text.
#pragma once

#include <string_view>

namespace roost {

// Whether `word`, in capitals, stands in the text by itself, in any case; also inside of strings and bodies, which may
// be run. A word that ends in * is any that begins so.
bool holds_word(std::string_view text, std::string_view word);

}  // namespace roost
