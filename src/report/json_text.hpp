// JSON as text that is harmless to look at.
#pragma once

#include <string>
#include <string_view>

namespace roost {

// The text of a JSON value with every character that steers a terminal or the direction of text written as \uXXXX:
// the same value to whoever parses it.
std::string inert_json(std::string_view json);

}  // namespace roost
