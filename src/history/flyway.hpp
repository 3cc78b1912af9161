// flyway_schema_history, read by Flyway's own rules. Source: Flyway 13's documentation and code; see docs/ledger.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/version.hpp"

namespace roost {

struct Migration {
    std::int64_t rank = 0;
    std::string version;  // empty: a repeatable, or the row of a schema's creation
    std::string description;
    std::string type;  // SQL, JDBC, BASELINE, SCHEMA, DELETE, UNDO_SQL, …
    std::string script;
    bool success = true;
    std::optional<std::int32_t> checksum = {};
    std::string installed_by = {};
    std::string installed_on = {};  // as the database tells it
};

struct History {
    std::optional<Version> version;    // the highest that is applied and neither deleted nor undone; nullopt: none
    std::string at = {};               // where the schema is, in the tool's own words; empty: nowhere yet
    std::int64_t rank = 0;             // of Flyway the highest installed one, else a checksum; 0: no rows
    std::vector<Migration> failed;     // whatever is marked as failed and was not deleted since, by rank
    std::vector<Migration> rows = {};  // all, by rank
};

// `migrations` in any order. An error for a version that Flyway could not have written.
Result<History> read_history(std::vector<Migration> migrations);

}  // namespace roost
