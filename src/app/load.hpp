// From a project's folder to values: configuration and scripts. Touches files, no database.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/world.hpp"
#include "config/config.hpp"
#include "core/script.hpp"
#include "db/driver.hpp"

namespace roost {

struct Loaded {
    std::filesystem::path root;  // the folder that holds roost.toml
    Project project;
    Environment environment;
    const Driver* driver = nullptr;
    Target target;
    Redactor redact;              // takes this environment's secrets out of text
    std::vector<Script> scripts;  // of this engine and environment, in order
};

// `directory` or the nearest folder above it that has a roost.toml; nullopt: there is none.
std::optional<std::filesystem::path> project_folder(const std::filesystem::path& directory);
// Of the files in environments/, sorted.
std::vector<std::string> environment_names(const std::filesystem::path& root);

// Offline: for what connects to nothing; then neither the password nor any variable need be there.
enum class Use : std::uint8_t { online, offline };

// What texts declare that need not be files yet, without scripts.
std::expected<Loaded, Errors> load_texts(const World& world, const std::filesystem::path& root,
                                         const std::string& environment, Project project, const File& settings,
                                         Use use = Use::online);

// The project of `project_folder`. All errors of the files at once.
std::expected<Loaded, Errors> load(const World& world, const std::filesystem::path& directory,
                                   const std::string& environment, Use use = Use::online);

}  // namespace roost
