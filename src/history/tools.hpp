// Migration tools by the tables in which they keep what was applied, as far as "which version, is it clean" goes.
// Sources: each tool's documentation and the statements that make its tables; tests/conformance/tool_*.txt has them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "history/flyway.hpp"

namespace roost {

using HistoryRows = std::vector<std::vector<std::string>>;  // cells as text; NULL is empty

struct MigrationReader {
    std::string_view name;         // as in migrations.tool
    std::string_view title;        // for people
    std::string_view table;        // default
    std::string_view schema = {};  // default; empty: the connection's
    bool quotes = true;            // the tool quotes its names; else the engine folds them
    // {table} stands for the table and {schema} for what comes before the names of others beside it; {"Name"} for a
    // quoted name. Empty: the driver's history_query.
    std::string_view query = {};
    Result<History> (*read)(const HistoryRows& rows);
    std::string_view migrate;          // the command that brings the schema up to date
    std::string_view mend;             // what to do about a migration that failed
    std::string_view lock_table = {};  // a row in it with LOCKED says that the tool is at work; empty: there is none
    std::string_view unlock = {};      // the command that takes away a lock which a dead process left
};

// nullptr: there is no such tool.
const MigrationReader* reader_named(std::string_view tool);

// As the engines spell it: 1, t, true, and MariaDB a BIT as its byte.
bool is_true(std::string_view cell);

}  // namespace roost
