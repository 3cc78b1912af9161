// Flyway's configuration files, where Flyway finds them.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace roost {

// Their texts, in the order in which Flyway reads them: flyway.toml and flyway.user.toml of its installation (where
// `flyway` is in the PATH), of the user's home, of the project's folder; then FLYWAY_CONFIG_FILES, and `named`, which
// must be there, both relative to that folder. Without any TOML file, the same of flyway.conf.
std::expected<std::vector<File>, Errors> flyway_files(const std::filesystem::path& root,
                                                      const ProcessVariables& variables,
                                                      const std::vector<std::string>& named);

}  // namespace roost
