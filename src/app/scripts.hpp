// The scripts that a run executes: chosen by event, environment and version; placeholders replaced; split; looked into.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/prepare.hpp"

namespace roost {

// Flyway's own placeholders, by their names behind "flyway:"; filename is each script's.
std::vector<std::pair<std::string_view, std::string>> flyways_own(const World& world, const Loaded& loaded,
                                                                  const ServerFacts& facts);
// Those and the environment's.
Placeholders placeholder_values(const World& world, const Loaded& loaded, const ServerFacts& facts);

struct ScriptChoice {
    Event event = Event::afterMigrate;
    bool moved_on = false;  // the history moved on since the last good run: afterMigrateApplied runs too
    std::optional<Version> version;
};

// Scripts in the order in which they run. `notes` gets those that were left out although they belong here, with the
// reason. Errors: unknown placeholders, open quotes, statements that would end the run's transaction; all of them,
// nothing has run.
std::expected<std::vector<ReadyScript>, Errors> ready_scripts(const World& world, const Loaded& loaded,
                                                              const ServerFacts& facts, const ScriptChoice& choice,
                                                              std::vector<Finding>& notes);

}  // namespace roost
