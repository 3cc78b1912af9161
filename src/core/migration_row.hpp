// A line of what `flyway info` lists: one of the history's rows, of the migration files, or both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace roost {

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

}  // namespace roost
