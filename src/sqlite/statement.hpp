// One prepared statement of SQLite, and what an error of SQLite says.
#pragma once

#include <sqlite3.h>

#include <memory>

#include "db/connection.hpp"

namespace roost::sqlite {

struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

// The error that `database` reports now.
Error error_of(sqlite3* database);

// An error for a text that SQLite would cut at its NUL without a word.
Result<void> check_text(std::string_view text);

// Takes the first statement off `sql`. Null, with `sql` empty: nothing is left but comments.
Result<Prepared> prepare(sqlite3* database, std::string_view& sql);

// Binds all of `parameters`, which must outlive the statement's run; an error unless it takes exactly as many.
Result<void> bind(sqlite3* database, sqlite3_stmt* statement, Parameters parameters);

// Runs to the end, handing every row to `sink`.
Result<void> run(sqlite3* database, sqlite3_stmt* statement, const RowSink& sink);

}  // namespace roost::sqlite
