// Flyway's configuration files, where Flyway finds them.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "config/config.hpp"

namespace roost {

// Their texts, in the order in which Flyway reads them: flyway.toml and flyway.user.toml of its installation (where
// `flyway` is in the PATH), of the user's home, of the project's folder, or where Flyway called us, of the folder that
// it was started in; then FLYWAY_CONFIG_FILES, relative to `current`, and `named`, relative to the project's folder,
// which must be there. Without any TOML file, the same of flyway.conf.
std::expected<std::vector<File>, Errors> flyway_files(const std::filesystem::path& root,
                                                      const std::filesystem::path& current,
                                                      const ProcessVariables& variables,
                                                      const std::vector<std::string>& named);

}  // namespace roost
