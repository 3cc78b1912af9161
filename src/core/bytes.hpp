// What a byte of SQL text may begin. Those beyond ASCII belong to words.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace roost {

namespace lexing {
enum class Byte : std::uint8_t {
    other,
    blank,
    word,
    digit,
    quote,
    double_quote,
    backtick,
    bracket,
    dollar,
    dash,
    slash
};

constexpr std::array<Byte, 256> make_classes() {
    std::array<Byte, 256> classes{};
    for (std::size_t byte = 0x80; byte < 256; ++byte) classes[byte] = Byte::word;
    for (std::size_t byte = 'a'; byte <= 'z'; ++byte) classes[byte] = classes[byte - 32] = Byte::word;
    for (std::size_t byte = '0'; byte <= '9'; ++byte) classes[byte] = Byte::digit;
    for (std::size_t byte = '\t'; byte <= '\r'; ++byte) classes[byte] = Byte::blank;
    classes['_'] = Byte::word;
    classes[' '] = Byte::blank;
    classes['\''] = Byte::quote;
    classes['"'] = Byte::double_quote;
    classes['`'] = Byte::backtick;
    classes['['] = Byte::bracket;
    classes['$'] = Byte::dollar;
    classes['-'] = Byte::dash;
    classes['/'] = Byte::slash;
    return classes;
}

inline constexpr std::array<Byte, 256> classes = make_classes();

inline Byte class_of(char byte) { return classes[static_cast<unsigned char>(byte)]; }

inline bool in_tag(char byte) { return class_of(byte) == Byte::word || class_of(byte) == Byte::digit; }
inline bool in_word(char byte) { return in_tag(byte) || byte == '$'; }

// Where the line of `at` ends.
inline std::size_t past_line(std::string_view text, std::size_t at) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    return std::min(text.substr(0, end).find('\r', at), end);
}

}  // namespace lexing

}  // namespace roost
