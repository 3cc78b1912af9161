// The parts of to_text: each gives whole lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace roost::text {

inline constexpr std::string_view red = "31", green = "32", yellow = "33", blue = "34", dim = "2", bold = "1";

// Each line by itself, its indentation left out.
std::string paint(const TextStyle& style, std::string_view colour, std::string_view text);

// Columns as wide as their widest cell, two blanks between them, none at the end of a line.
std::vector<std::string> aligned(const std::vector<std::vector<std::string>>& rows);

std::string title(const RunHeader& header, const TextStyle& style);
std::string plan(const Report& report, const PlanBody& body, const TextStyle& style);
std::string status(const StatusBody& body, const TextStyle& style);
std::string migrations(const Report& report, const MigrationsBody& body, const TextStyle& style);
std::string errors_and_findings(const Report& report, const TextStyle& style);

}  // namespace roost::text
