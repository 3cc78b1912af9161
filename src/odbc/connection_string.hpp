// Connection strings: "Key=value;Key={value with ; and }} in it}".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roost::odbc {

using Attributes = std::vector<std::pair<std::string, std::string>>;

// In the order they stand; values without their braces. Whatever cannot be read as an attribute is left out.
Attributes parse_attributes(std::string_view connection_string);

bool same_key(std::string_view a, std::string_view b);  // without regard to case

}  // namespace roost::odbc
