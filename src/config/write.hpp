// Roles and memberships as TOML: what `import` writes. Sorted as given, the same bytes for the same values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/import.hpp"

namespace roost {

// A string in quotes; what steers a terminal or cannot be seen is escaped.
std::string toml_string(std::string_view text);
std::string toml_key(std::string_view name);  // bare where it can be

// [roles], each with its description.
std::string toml_roles(const std::vector<ImportedRole>& roles);
// [memberships]; those of `toggles` (role, canonical -> toggle) as [toggles.NAME]. Empty where there is nothing.
std::string toml_memberships(const std::vector<ImportedRole>& roles, const std::map<std::string, std::string>& toggles);

}  // namespace roost
