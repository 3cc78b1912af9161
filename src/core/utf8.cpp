#include "core/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace roost {

namespace utf8 {
namespace {

std::uint32_t unit(char byte) { return static_cast<unsigned char>(byte); }

bool is_character(std::uint32_t code) { return code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF); }

struct Read {
    char32_t code = 0;
    std::size_t size = 0;  // bytes; 0: no character
};

// The character that `text` begins with.
Read read(std::string_view text) {
    const std::uint32_t first = unit(text[0]);
    if (first < 0x80) return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size) return {};
    std::uint32_t code = first & (0x7FU >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((unit(text[at]) & 0xC0U) != 0x80U) return {};
        code = code << 6 | (unit(text[at]) & 0x3FU);
    }
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return code >= least[size] && is_character(code) ? Read{code, size} : Read{};
}

}  // namespace
}  // namespace utf8

std::optional<char32_t> take_code_point(std::string_view& text) {
    const auto [code, size] = utf8::read(text);
    text.remove_prefix(std::max(size, std::size_t{1}));
    return size == 0 ? std::nullopt : std::optional(code);
}

std::optional<std::size_t> invalid_utf8(std::string_view text) {
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t at = text.size() - rest.size();
        if (!take_code_point(rest)) return at;
    }
    return std::nullopt;
}

std::size_t code_points(std::string_view text) {
    const auto begins = [](char byte) { return (utf8::unit(byte) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::ranges::count_if(text, begins));
}

void append_utf8(std::string& text, char32_t code) {
    const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
    if (!utf8::is_character(code)) return;
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            put(0xE0 | code >> 12);
        } else {
            put(0xF0 | code >> 18);
            put(0x80 | (code >> 12 & 0x3F));
        }
        put(0x80 | (code >> 6 & 0x3F));
    }
    put(0x80 | (code & 0x3F));
}

}  // namespace roost
