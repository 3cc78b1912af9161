// UTF-8 as the Unicode standard has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace roost {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// The character that `text`, which is not empty, begins with; passes over it. nullopt: it is none, and one byte is
// passed over.
std::optional<char32_t> take_code_point(std::string_view& text);

// Offset of the first byte that begins no character; nullopt for good text.
std::optional<std::size_t> invalid_utf8(std::string_view text);

std::size_t code_points(std::string_view text);  // of good text

void append_utf8(std::string& text, char32_t code);  // nothing for what is no character

}  // namespace roost
