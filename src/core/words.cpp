#include "core/words.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace roost {

namespace {

bool is_part_of_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

}  // namespace

bool holds_word(std::string_view text, std::string_view word) {
    const bool any_end = word.ends_with('*');
    if (any_end) word.remove_suffix(1);
    const auto same = [](char a, char b) { return upper_ascii(a) == b; };
    for (auto at = text.begin();; ++at) {
        at = std::search(at, text.end(), word.begin(), word.end(), same);
        if (at == text.end()) return false;
        const auto end = at + static_cast<std::ptrdiff_t>(word.size());
        const bool begins = at == text.begin() || !is_part_of_word(at[-1]);
        if (begins && (any_end || end == text.end() || !is_part_of_word(*end))) return true;
    }
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);  // npos + 1 is 0
}

}  // namespace roost
