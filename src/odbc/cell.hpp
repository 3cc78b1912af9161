// One column of a result, and one cell of it read in pieces.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <string>
#include <vector>

#include "core/error.hpp"

namespace roost::odbc {

struct Column {
    bool number = false;     // read as ASCII, by SQL_C_CHAR
    SQLULEN characters = 0;  // as the driver describes it; 0: it does not know. Not to be relied on: psqlodbc says 255
                             // for varchar without a length
};
Result<std::vector<Column>> describe(SQLHSTMT statement);

// Appends a cell of the current row, however long it is. False: it is NULL.
Result<bool> append_cell(SQLHSTMT statement, std::size_t column, std::string& out);

// The error for a driver's text that is not UTF-16.
Error not_unicode(std::size_t column);

}  // namespace roost::odbc
