// What quoting has in common: names and literals of SQL, values of connection strings.
#pragma once

#include <string>
#include <string_view>

namespace roost {

// The text with every `mark` in it doubled.
std::string doubled(std::string_view text, char mark);

}  // namespace roost
