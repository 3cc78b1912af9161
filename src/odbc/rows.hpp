// Reading a result: whole blocks of rows where every column is small, else cell by cell. Never a cut cell.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include "db/connection.hpp"

namespace roost::odbc {

// Hands every row of the open result to `sink`.
Result<void> read_rows(SQLHSTMT statement, const RowSink& sink);

}  // namespace roost::odbc
