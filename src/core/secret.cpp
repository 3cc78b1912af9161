#include "core/secret.hpp"

#include <algorithm>
#include <utility>

namespace roost {
namespace {

std::string doubled(std::string_view text, char quote) {
    std::string result;
    for (const char c : text) {
        if (c == quote) result += quote;
        result += c;
    }
    return result;
}

using Range = std::pair<std::size_t, std::size_t>;  // from, to

// Overlapping occurrences count too: where "abc" and "bcd" are secret, "abcd" must not leave its "d" behind.
std::vector<Range> occurrences(std::string_view text, const std::vector<std::string>& values) {
    std::vector<Range> ranges;
    for (const std::string& value : values) {
        for (auto at = text.find(value); at != std::string_view::npos; at = text.find(value, at + 1)) {
            ranges.emplace_back(at, at + value.size());
        }
    }
    std::ranges::sort(ranges);
    return ranges;
}

}  // namespace

void Redactor::add(const Secret& secret) {
    // So few characters are found everywhere, and masking them would give them away.
    constexpr std::size_t fewest = 4;
    if (secret.reveal().size() < fewest) return;
    const std::string& value = secret.reveal();
    for (std::string form : {value, doubled(value, '}'), doubled(value, '\'')}) {
        if (std::ranges::find(values_, form) == values_.end()) values_.push_back(std::move(form));
    }
}

std::string Redactor::operator()(std::string_view text) const {
    const std::vector<Range> ranges = occurrences(text, values_);
    std::string result;
    std::size_t done = 0;
    for (std::size_t i = 0; i < ranges.size();) {
        auto [from, to] = ranges[i++];
        while (i < ranges.size() && ranges[i].first < to) to = std::max(to, ranges[i++].second);
        result.append(text.substr(done, from - done)).append("***");
        done = to;
    }
    return result.append(text.substr(done));
}

}  // namespace roost
