// What a driver says of the last call on a handle.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <span>
#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace roost::odbc {

// Every record, without doubles: FreeTDS gives up to three of the same. To be read before any other call on the handle:
// SQLRowCount and SQLNumResultCols clear them. `lines`: the driver may be asked for theirs.
std::vector<Notice> diagnostics(SQLSMALLINT type, SQLHANDLE handle, bool lines = false);

// Whether a record is a warning or notice, not an error: class 01 or 00.
bool is_warning(const Notice& record);

// One error: SQLSTATE and native code of the first record that is one, and the texts of all of them in one line.
Error error_of(std::span<const Notice> records);

}  // namespace roost::odbc
