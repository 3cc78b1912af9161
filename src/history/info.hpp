// Every migration with its state, by the rules and in the order of `flyway info`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/migration_row.hpp"
#include "history/files.hpp"
#include "history/flyway.hpp"

namespace roost {

struct InfoOptions {
    bool out_of_order = false;
    std::optional<Version> target = {};  // nullopt: the latest
    bool to_current = false;             // the target is the highest that is applied
};

// `files` as resolve() gives them, `rows` by rank. An error for a history that Flyway could not have written.
Result<std::vector<MigrationRow>> info(const std::vector<Resolved>& files, const std::vector<Migration>& rows,
                                       const InfoOptions& options);

// Would be run by the next `flyway migrate`.
bool is_pending(const MigrationRow& row);
// A versioned migration that was left out when a later one ran: `flyway validate` fails.
bool is_ignored(const MigrationRow& row);
// A versioned migration is applied, and its file has not the checksum or the description that it had: `flyway validate`
// fails.
bool has_other_checksum(const MigrationRow& row);
bool has_other_description(const MigrationRow& row);
// It is applied and its file is gone: `flyway validate` fails. Not of types whose files are not looked for.
bool is_missing(const MigrationRow& row);

}  // namespace roost
