#include "history/java_hash.hpp"

#include "core/utf8.hpp"

namespace roost {

std::int32_t java_hash(std::string_view text) {
    std::uint32_t hash = 0;
    const auto add = [&hash](char32_t unit) { hash = hash * 31 + static_cast<std::uint32_t>(unit); };
    while (!text.empty()) {
        const char32_t code = take_code_point(text).value_or(U'\uFFFD');
        if (code >= 0x10000) add(0xD7C0 + (code >> 10));
        add(code >= 0x10000 ? 0xDC00 + (code & 0x3FF) : code);
    }
    return static_cast<std::int32_t>(hash);
}

}  // namespace roost
