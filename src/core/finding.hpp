// What the reader of a report should know beside what would be changed. docs/findings.md lists every code.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace roost {

enum class Severity : std::uint8_t { error, warning, note };

struct Finding {
    std::string code;  // stable
    Severity severity = Severity::warning;
    Error what;  // with what mends it as its advice
};
using Findings = std::vector<Finding>;

}  // namespace roost
