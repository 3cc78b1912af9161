// ${env.NAME} in a value of [database] or [placeholders].
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "config/config.hpp"

namespace roost::config {

enum class Unset : std::uint8_t { refused, left };  // of a variable that is not set, or is empty: as it is written
struct Expanded {
    std::string text;
    bool secret = false;  // holds the value of a variable
};

// `$${` stands for a literal `${`; what a variable holds is not scanned again. Errors, without places, for a variable
// that is not set and for any other `${`; they quote the variable's name and nothing else of the text.
std::expected<Expanded, Errors> expand(std::string_view text, const ProcessVariables& variables,
                                       Unset unset = Unset::refused);

}  // namespace roost::config
