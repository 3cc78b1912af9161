// What the user may have meant by a name that does not exist.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace roost {

// The known name that is fewest typing mistakes away, without regard to case; of equals the first. nullopt where none
// is near: about a third of the letters may differ, or one name may be the beginning of the other.
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known);

// "did you mean NAME?", or where nothing is near "known are A, B and C"; for Error::advice.
std::string suggest(std::string_view name, std::span<const std::string> known);

}  // namespace roost
