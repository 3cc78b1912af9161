#include "odbc/cell.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "odbc/diagnostics.hpp"
#include "odbc/text.hpp"

namespace roost::odbc {
namespace {

bool is_number(SQLSMALLINT type) {
    constexpr auto numbers = std::to_array<SQLSMALLINT>({SQL_TINYINT, SQL_SMALLINT, SQL_INTEGER, SQL_BIGINT, SQL_REAL,
                                                         SQL_FLOAT, SQL_DOUBLE, SQL_NUMERIC, SQL_DECIMAL, SQL_BIT});
    return std::ranges::find(numbers, type) != numbers.end();
}

constexpr std::size_t piece_units = 16 * 1024;

}  // namespace

Result<std::vector<Column>> describe(SQLHSTMT statement) {
    SQLSMALLINT count = 0;
    if (!SQL_SUCCEEDED(SQLNumResultCols(statement, &count))) {
        return fail(error_of(diagnostics(SQL_HANDLE_STMT, statement)));
    }
    std::vector<Column> columns(static_cast<std::size_t>(count));
    std::array<SQLWCHAR, 256> name;  // psqlodbc wants room for it
    for (std::size_t i = 0; i < columns.size(); ++i) {
        SQLSMALLINT length = 0;
        SQLSMALLINT type = 0;
        SQLULEN size = 0;
        SQLSMALLINT digits = 0;
        SQLSMALLINT nullable = 0;
        const auto code = SQLDescribeColW(statement, static_cast<SQLUSMALLINT>(i + 1), name.data(), name.size(),
                                          &length, &type, &size, &digits, &nullable);
        if (!SQL_SUCCEEDED(code)) return fail(error_of(diagnostics(SQL_HANDLE_STMT, statement)));
        columns[i] = {is_number(type), size};
    }
    return columns;
}

Result<bool> append_cell(SQLHSTMT statement, std::size_t column, std::string& out) {
    std::array<SQLWCHAR, piece_units> piece;
    Wide text;  // converted only when whole: a piece may end inside a surrogate pair
    while (true) {
        SQLLEN left = 0;
        const auto code = SQLGetData(statement, static_cast<SQLUSMALLINT>(column + 1), SQL_C_WCHAR, piece.data(),
                                     sizeof(piece), &left);
        if (code == SQL_NO_DATA) break;
        if (!SQL_SUCCEEDED(code)) return fail(error_of(diagnostics(SQL_HANDLE_STMT, statement)));
        if (left == SQL_NULL_DATA) return false;
        constexpr std::size_t fits = piece_units - 1;  // and a NUL
        const bool full = left == SQL_NO_TOTAL || static_cast<std::size_t>(left) > fits * sizeof(SQLWCHAR);
        const std::size_t units = full ? fits : static_cast<std::size_t>(left) / sizeof(SQLWCHAR);
        text.insert(text.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(units));
        if (!full) break;
    }
    if (!append_utf8(out, text)) return fail(not_unicode(column));
    return true;
}

Error not_unicode(std::size_t column) {
    return {.message = fmt::format("column {} of a result holds half a character: it is not UTF-16", column + 1)};
}

}  // namespace roost::odbc
