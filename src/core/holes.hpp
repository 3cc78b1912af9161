// Text with {holes}.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace roost {

// What a hole is filled with, told its name and all that comes before it, filled; nullopt: it is none, and stays.
using HoleValue = std::function<std::optional<std::string>(std::string_view name, std::string_view before)>;

// What is put in is not looked at again.
std::string filled(std::string_view text, const HoleValue& value);

}  // namespace roost
