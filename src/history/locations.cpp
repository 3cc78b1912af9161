#include <algorithm>
#include <span>

#include "history/files.hpp"

namespace roost {
namespace {

constexpr std::string_view file_system = "filesystem:";

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        parts.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

// "*" is one character or more.
bool fits(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (text.empty()) return false;
    if (pattern.front() != '*')
        return (pattern.front() == '?' || pattern.front() == text.front()) && fits(pattern.substr(1), text.substr(1));
    for (std::size_t length = 1; length <= text.size(); ++length)
        if (fits(pattern.substr(1), text.substr(length))) return true;
    return false;
}

// How many parts the pattern takes, "**" any number of them and as few as can be; nullopt: it does not fit. Of all of
// them where `to_end` is set.
std::optional<std::size_t> taken(std::span<const std::string> pattern, std::span<const std::string_view> parts,
                                 bool to_end) {
    if (pattern.empty()) return to_end == parts.empty() ? std::optional(std::size_t{0}) : std::nullopt;
    if (pattern.front() == "**") {
        for (std::size_t skipped = 0; skipped < parts.size(); ++skipped)
            if (const auto rest = taken(pattern.subspan(1), parts.subspan(skipped), to_end)) return skipped + *rest;
        return std::nullopt;
    }
    if (parts.empty() || !fits(pattern.front(), parts.front())) return std::nullopt;
    const auto rest = taken(pattern.subspan(1), parts.subspan(1), to_end);
    return rest ? std::optional(*rest + 1) : std::nullopt;
}

std::string without_doubled_slashes(std::string_view path) {
    std::string text;
    for (const char byte : path)
        if (byte != '/' || !text.ends_with('/')) text += byte;
    if (text.size() > 1 && text.ends_with('/')) text.pop_back();
    return text;
}

}  // namespace

std::optional<Location> Location::parse(std::string_view text) {
    if (text.starts_with(file_system))
        text.remove_prefix(file_system.size());
    else if (text.find(':') != std::string_view::npos)
        return std::nullopt;
    const std::string path = without_doubled_slashes(text);
    const std::size_t wild = path.find_first_of("*?");
    if (wild == std::string::npos) return Location{.root = path, .pattern = {}};
    const std::size_t slash = path.rfind('/', wild);
    Location location{.root = slash == std::string::npos ? "" : path.substr(0, slash), .pattern = {}};
    for (const std::string_view part : parts_of(std::string_view(path).substr(slash + 1)))
        location.pattern.emplace_back(part);
    return location;
}

std::optional<std::string> Location::script(std::string_view path) const {
    if (pattern.empty()) return std::string(path);
    if (pattern.back() == "**") return std::nullopt;  // so it is with Flyway: it wants a file's name behind it
    // A last part with a dot is a file's name; without one it is a folder's, and scripts are named from there.
    const bool names_file = pattern.back().find('.') != std::string::npos;
    const auto parts = parts_of(path);
    const auto count = taken(pattern, parts, names_file);
    if (!count) return std::nullopt;
    if (names_file) return std::string(path);
    return std::string(path.substr(static_cast<std::size_t>(parts[*count].data() - path.data())));
}

}  // namespace roost
