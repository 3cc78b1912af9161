#include "core/version.hpp"

#include <algorithm>

namespace roost {

namespace {

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

// Without leading zeros the longer number is the greater one.
std::strong_ordering compared(const std::string& mine, const std::string& theirs) {
    if (mine.size() != theirs.size()) return mine.size() <=> theirs.size();
    return mine <=> theirs;
}

Error not_a_version(std::string_view text) {
    return usage_error("\"" + std::string(text) + "\" is no version",
                       "a version is digits between dots or underscores, such as 5.2");
}

}  // namespace

Result<Version> Version::parse(std::string_view text) {
    Version version;
    version.text_ = text;
    const bool has_sign = text.starts_with('-') || text.starts_with('+');
    for (std::size_t at = has_sign ? 1 : 0;;) {
        const std::size_t end = std::min(text.find_first_of("._", at), text.size());
        std::string_view part = text.substr(at, end - at);
        if (part.empty() || !std::ranges::all_of(part, is_digit)) return fail(not_a_version(text));
        part.remove_prefix(std::min(part.find_first_not_of('0'), part.size()));
        version.parts_.emplace_back(part);
        if (end == text.size()) break;
        at = end + 1;
    }
    version.negative_ = text.front() == '-' && !version.parts_.front().empty();
    while (!version.parts_.empty() && version.parts_.back().empty()) version.parts_.pop_back();
    return version;
}

std::strong_ordering Version::operator<=>(const Version& other) const {
    if (negative_ != other.negative_) return negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
    if (negative_)
        if (const auto first = compared(other.parts_.front(), parts_.front()); first != 0) return first;
    return std::lexicographical_compare_three_way(parts_.begin(), parts_.end(), other.parts_.begin(),
                                                  other.parts_.end(), compared);
}

}  // namespace roost
