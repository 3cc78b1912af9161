// Text crosses ODBC as UTF-16, through the functions that end in W, and is UTF-8 everywhere else.
//
// Measured with psqlodbc 13.02 ("PostgreSQL Unicode") and unixODBC 2.3.11, LANG=C, on the text 'é日本🦅':
// - Connected with SQLDriverConnect, SQL_C_CHAR and SQLExecDirect keep the bytes, but only because client_encoding is
// then
//   taken from the locale: SQL_ASCII under C, so that a database in another encoding would hand out its own bytes.
//   Database names in the connection string keep their bytes too.
// - Connected with SQLDriverConnectW, client_encoding is UTF8 in every locale, and SQL_C_WCHAR is right in results,
//   parameters, statements, diagnostics and the connection string. SQL_C_CHAR is not: results and parameters fail with
//   HY000 under C, and SQLExecDirect takes each byte for a Latin-1 character.
// So W throughout. SQL_C_CHAR is used for numbers alone, which are ASCII. Cost: 300,000 rows of 4 columns take 0.08 to
// 0.13 s to fetch instead of 0.06 to 0.09 s.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost::odbc {

using Wide = std::vector<SQLWCHAR>;  // UTF-16, no NUL at the end

// An error for text with NUL bytes, which ODBC would cut there, and for what is not UTF-8.
Result<Wide> wide(std::string_view text);

// Appends as UTF-8. False: there was half a surrogate pair, which became U+FFFD.
bool append_utf8(std::string& out, std::span<const SQLWCHAR> text);

std::string utf8(std::span<const SQLWCHAR> text);

}  // namespace roost::odbc
