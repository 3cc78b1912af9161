// Letters as SQL's keywords and most engines' names fold: those of ASCII alone, whatever the locale.
#pragma once

#include <string>
#include <string_view>

namespace roost {

constexpr char lower_ascii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr char upper_ascii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

inline std::string lower_ascii(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = lower_ascii(c);
    return lower;
}

inline std::string upper_ascii(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) c = upper_ascii(c);
    return upper;
}

}  // namespace roost
