// Every migration with its state, by the rules and in the order of `flyway info`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "history/files.hpp"
#include "history/flyway.hpp"

namespace roost {

struct InfoOptions {
    bool out_of_order = false;
    std::optional<Version> target = {};  // nullopt: the latest
    bool to_current = false;             // the target is the highest that is applied
};

struct MigrationRow {
    std::optional<std::int64_t> rank;  // nullopt: no row of the history
    std::string category;              // Versioned, Repeatable, Baseline, Undo; empty: a row of Flyway's own
    std::string version;
    std::string description;
    std::string type;
    std::string state;  // in Flyway's words: "Pending", "Out of Order", …
    std::string script;
    std::string installed_on;
    std::string installed_by;
    std::optional<std::int32_t> checksum;       // as the history has it
    std::string file;                           // empty: there is none
    std::optional<std::int32_t> file_checksum;  // as it is now
    std::string file_description;
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
