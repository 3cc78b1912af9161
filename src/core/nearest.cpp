#include "core/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/ascii.hpp"

namespace roost {

namespace near_names {
namespace {

// Letters put in, left out, changed, and neighbours swapped.
std::size_t distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before(to.size() + 1), last(to.size() + 1), row(to.size() + 1);
    for (std::size_t column = 0; column <= to.size(); ++column) last[column] = column;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t change = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
            const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[to.size()];
}

bool begins(std::string_view one, std::string_view other) {
    return std::min(one.size(), other.size()) >= 3 && (one.starts_with(other) || other.starts_with(one));
}

}  // namespace
}  // namespace near_names

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known) {
    const std::string wanted = lower_ascii(name);
    std::optional<std::string> best;
    std::size_t best_distance = 0;
    for (const std::string& candidate : known) {
        const std::string folded = lower_ascii(candidate);
        const std::size_t limit = (std::max(wanted.size(), folded.size()) + 1) / 3;
        std::size_t distance = near_names::distance(wanted, folded);
        if (distance > limit && !near_names::begins(wanted, folded)) continue;
        distance = std::min(distance, limit);
        if (best && distance >= best_distance) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

std::string suggest(std::string_view name, std::span<const std::string> known) {
    if (const auto near = nearest(name, known)) return "did you mean " + *near + "?";
    if (known.empty()) return "none is known";
    std::string list = known.front();
    for (std::size_t at = 1; at < known.size(); ++at) list += (at + 1 == known.size() ? " and " : ", ") + known[at];
    return (known.size() == 1 ? "only " + list + " is known" : "known are " + list);
}

}  // namespace roost
