// Reading results: columns described, rows in blocks, cells in pieces.
#include <algorithm>

#include "odbc_state.hpp"

using namespace model;

namespace {

SQLRETURN no_result(StatementHandle& statement) { return statement.fail("24000", "Invalid cursor state"); }

SQLRETURN cut(StatementHandle& statement) {
    return statement.report(SQL_SUCCESS_WITH_INFO, {{"01004", 0, "String data, right truncated"}});
}

// Into the bound columns, row `row` of the block.
SQLRETURN put_row(StatementHandle& statement, std::size_t row) {
    SQLRETURN worst = SQL_SUCCESS;
    const auto& values = statement.table.rows[statement.block + row];
    for (const auto& [number, bound] : statement.columns) {
        if (number == 0 || number > values.size() || (!bound.room && !bound.length)) continue;
        const bool by_column = statement.bind_type == SQL_BIND_BY_COLUMN;
        const SQLLEN own = fixed_size(bound.type) ? fixed_size(bound.type) : bound.bytes;
        const auto step = by_column ? static_cast<std::size_t>(own) : statement.bind_type;
        const auto length_step = by_column ? sizeof(SQLLEN) : statement.bind_type;
        auto* room = bound.room ? static_cast<char*>(bound.room) + row * step : nullptr;
        auto* length = bound.length
                           ? reinterpret_cast<SQLLEN*>(reinterpret_cast<char*>(bound.length) + row * length_step)
                           : nullptr;
        std::size_t read = 0;
        const auto code = put(values[number - 1u], bound.type, room, bound.bytes, length, &read);
        if (code == SQL_ERROR) return SQL_ERROR;
        if (code != SQL_SUCCESS) worst = code;
    }
    return worst;
}

}  // namespace

MODEL_API SQLRETURN SQLFetch(SQLHSTMT handle) {
    auto& statement = as<StatementHandle>(handle);
    statement.records.clear();
    if (!statement.open) return no_result(statement);
    const std::size_t left = statement.table.rows.size() - statement.next_row;
    const std::size_t count = std::min<std::size_t>(left, statement.block_rows);
    if (statement.fetched) *statement.fetched = count;
    if (statement.status) std::fill_n(statement.status, statement.block_rows, SQLUSMALLINT{SQL_ROW_NOROW});
    if (count == 0) return SQL_NO_DATA;
    statement.block = statement.position = statement.next_row;
    statement.next_row += count;
    statement.read_column = 0;
    bool short_of_room = false;
    for (std::size_t row = 0; row < count; ++row) {
        const auto code = put_row(statement, row);
        if (statement.status)
            statement.status[row] = code == SQL_SUCCESS ? SQL_ROW_SUCCESS
                                    : code == SQL_ERROR ? SQL_ROW_ERROR
                                                        : SQL_ROW_SUCCESS_WITH_INFO;
        if (code == SQL_ERROR && count == 1)
            return statement.fail("22002", "Indicator variable required but not supplied");
        short_of_room = short_of_room || code == SQL_SUCCESS_WITH_INFO;
    }
    return short_of_room ? cut(statement) : SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLFetchScroll(SQLHSTMT handle, SQLSMALLINT direction, SQLLEN) {
    if (direction == SQL_FETCH_NEXT) return SQLFetch(handle);
    return as<StatementHandle>(handle).fail("HY106", "Fetch type out of range");
}

MODEL_API SQLRETURN SQLSetPos(SQLHSTMT handle, SQLSETPOSIROW row, SQLUSMALLINT operation, SQLUSMALLINT) {
    auto& statement = as<StatementHandle>(handle);
    if (operation != SQL_POSITION || row < 1 || statement.block + row > statement.next_row)
        return statement.fail("HY107", "Row value out of range");
    statement.position = statement.block + row - 1;
    statement.read_column = 0;
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLGetData(SQLHSTMT handle, SQLUSMALLINT column, SQLSMALLINT type, SQLPOINTER room, SQLLEN bytes,
                               SQLLEN* length) {
    auto& statement = as<StatementHandle>(handle);
    statement.records.clear();
    if (!statement.open || statement.next_row == 0) return no_result(statement);
    const auto& row = statement.table.rows[statement.position];
    if (column < 1 || column > row.size()) return statement.fail("07009", "Invalid descriptor index");
    const bool again = statement.read_column == column;
    if (!again) statement.read_so_far = 0;
    statement.read_column = column;
    constexpr std::size_t all = static_cast<std::size_t>(-1);
    if (again && statement.read_so_far == all) return SQL_NO_DATA;
    const auto code = put(row[column - 1u], type, room, bytes, length, &statement.read_so_far);
    if (code == SQL_ERROR) return statement.fail("22002", "Indicator variable required but not supplied");
    if (code == SQL_SUCCESS) statement.read_so_far = all;
    return code == SQL_SUCCESS ? code : cut(statement);
}

MODEL_API SQLRETURN SQLBindCol(SQLHSTMT handle, SQLUSMALLINT column, SQLSMALLINT type, SQLPOINTER room, SQLLEN bytes,
                               SQLLEN* length) {
    auto& statement = as<StatementHandle>(handle);
    if (room || length) {
        statement.columns[column] = {type, room, bytes, length};
    } else {
        statement.columns.erase(column);
    }
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLNumResultCols(SQLHSTMT handle, SQLSMALLINT* count) {
    *count = static_cast<SQLSMALLINT>(as<StatementHandle>(handle).table.columns.size());
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLRowCount(SQLHSTMT handle, SQLLEN* count) {
    *count = as<StatementHandle>(handle).row_count;
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLDescribeColW(SQLHSTMT handle, SQLUSMALLINT number, SQLWCHAR* name, SQLSMALLINT size,
                                    SQLSMALLINT* length, SQLSMALLINT* type, SQLULEN* characters, SQLSMALLINT* digits,
                                    SQLSMALLINT* nullable) {
    auto& statement = as<StatementHandle>(handle);
    if (number < 1 || number > statement.table.columns.size())
        return statement.fail("07009", "Invalid descriptor index");
    const Column& column = statement.table.columns[number - 1u];
    if (type) *type = sql_type(column);
    if (characters) *characters = column_size(column);
    if (digits) *digits = 0;
    if (nullable) *nullable = SQL_NULLABLE;
    return text_out(column.name, name, size, length);
}

MODEL_API SQLRETURN SQLColAttributeW(SQLHSTMT handle, SQLUSMALLINT number, SQLUSMALLINT field, SQLPOINTER text,
                                     SQLSMALLINT bytes, SQLSMALLINT* length, SQLLEN* value) {
    auto& statement = as<StatementHandle>(handle);
    if (field == SQL_DESC_COUNT) {
        if (value) *value = static_cast<SQLLEN>(statement.table.columns.size());
        return SQL_SUCCESS;
    }
    if (number < 1 || number > statement.table.columns.size())
        return statement.fail("07009", "Invalid descriptor index");
    const Column& column = statement.table.columns[number - 1u];
    if (field == SQL_DESC_NAME || field == SQL_DESC_LABEL || field == SQL_COLUMN_NAME) {
        const auto code = text_out(column.name, static_cast<SQLWCHAR*>(text), bytes / 2, length);
        if (length) *length = static_cast<SQLSMALLINT>(*length * 2);
        return code;
    }
    const bool number_type = column.type == Column::Type::integer || column.type == Column::Type::real;
    SQLLEN answer = 0;
    if (field == SQL_DESC_TYPE || field == SQL_DESC_CONCISE_TYPE) answer = sql_type(column);
    if (field == SQL_DESC_LENGTH || field == SQL_DESC_DISPLAY_SIZE) answer = static_cast<SQLLEN>(column_size(column));
    if (field == SQL_DESC_OCTET_LENGTH) answer = static_cast<SQLLEN>(column_size(column)) * 2;
    if (field == SQL_DESC_NULLABLE) answer = SQL_NULLABLE;
    if (field == SQL_DESC_UNSIGNED) answer = number_type ? SQL_FALSE : SQL_TRUE;
    if (value) *value = answer;
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLGetTypeInfoW(SQLHSTMT handle, SQLSMALLINT) {
    auto& statement = as<StatementHandle>(handle);
    close_result(statement);
    statement.table.columns = {{"TYPE_NAME"}, {"DATA_TYPE"}, {"COLUMN_SIZE"}};  // and no row: no limits to tell
    statement.open = true;
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLGetTypeInfo(SQLHSTMT handle, SQLSMALLINT type) { return SQLGetTypeInfoW(handle, type); }
