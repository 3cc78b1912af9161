// The files that `import` extends or begins.
#pragma once

#include <filesystem>

#include "app/commands.hpp"
#include "config/config.hpp"

namespace roost {

// The files as they are, or as they are to begin.
struct Drafts {
    std::filesystem::path root;
    File project;
    File environment;
};

// Reads them where they are there. Errors, of kind usage, for options that say twice, or not at all, what they are to
// hold.
Result<Drafts> drafts_of(const World& world, const Common& common, const ImportOptions& options);

}  // namespace roost
