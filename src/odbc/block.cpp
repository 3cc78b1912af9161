#include "odbc/block.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "odbc/diagnostics.hpp"
#include "odbc/handle.hpp"
#include "odbc/text.hpp"

namespace roost::odbc {
namespace {

constexpr SQLULEN small = 1024;               // characters
constexpr std::size_t most_rows = 500;        // 100 to 1,000 read equally fast
constexpr std::size_t most_bytes = 4u << 20;  // of all rows
constexpr std::size_t number_bytes = 64;

std::size_t cell_bytes(const Column& column) {
    // A character outside the basic plane takes two units; a number has a sign, a point, an exponent.
    if (column.number) return std::max<std::size_t>(number_bytes, column.characters + 16);
    return (2 * column.characters + 1) * sizeof(SQLWCHAR);
}

std::size_t row_bytes(const std::vector<Column>& columns) {
    std::size_t bytes = 1;
    for (const Column& column : columns) bytes += cell_bytes(column);
    return bytes;
}

Error driver_error(SQLHSTMT statement) { return error_of(diagnostics(SQL_HANDLE_STMT, statement)); }

}  // namespace

bool Block::suits(const std::vector<Column>& columns) {
    return std::ranges::all_of(
        columns, [](const Column& column) { return column.characters > 0 && column.characters <= small; });
}

Block::Block(SQLHSTMT statement, const std::vector<Column>& columns)
    : statement_(statement), rows_(std::clamp<std::size_t>(most_bytes / row_bytes(columns), 1, most_rows)) {
    for (const Column& column : columns) {
        const std::size_t bytes = cell_bytes(column);
        columns_.push_back({column.number, bytes, std::vector<SQLCHAR>(bytes * rows_), std::vector<SQLLEN>(rows_)});
    }
    status_.resize(rows_);
}

Block::~Block() {
    SQLFreeStmt(statement_, SQL_UNBIND);
    SQLSetStmtAttr(statement_, SQL_ATTR_ROW_STATUS_PTR, nullptr, 0);
    SQLSetStmtAttr(statement_, SQL_ATTR_ROWS_FETCHED_PTR, nullptr, 0);
    SQLSetStmtAttr(statement_, SQL_ATTR_ROW_ARRAY_SIZE, as_pointer(1), 0);
}

Result<void> Block::bind() {
    bool bound = SQL_SUCCEEDED(SQLSetStmtAttr(statement_, SQL_ATTR_ROW_ARRAY_SIZE, as_pointer(rows_), 0)) &&
                 SQL_SUCCEEDED(SQLSetStmtAttr(statement_, SQL_ATTR_ROWS_FETCHED_PTR, &fetched_, 0)) &&
                 SQL_SUCCEEDED(SQLSetStmtAttr(statement_, SQL_ATTR_ROW_STATUS_PTR, status_.data(), 0));
    for (std::size_t i = 0; bound && i < columns_.size(); ++i) {
        Bound& column = columns_[i];
        bound = SQL_SUCCEEDED(SQLBindCol(statement_, static_cast<SQLUSMALLINT>(i + 1),
                                         column.number ? SQL_C_CHAR : SQL_C_WCHAR, column.room.data(),
                                         static_cast<SQLLEN>(column.bytes), column.lengths.data()));
    }
    if (!bound) return fail(driver_error(statement_));
    return {};
}

Result<void> Block::read(const RowSink& sink) {
    if (auto bound = bind(); !bound) return bound;
    while (true) {
        const auto code = SQLFetch(statement_);
        if (code == SQL_NO_DATA) return {};
        if (!SQL_SUCCEEDED(code)) return fail(driver_error(statement_));
        const auto broken = std::ranges::find(status_.begin(), status_.begin() + static_cast<std::ptrdiff_t>(fetched_),
                                              SQLUSMALLINT{SQL_ROW_ERROR});
        if (broken != status_.begin() + static_cast<std::ptrdiff_t>(fetched_)) return fail(driver_error(statement_));
        for (std::size_t row = 0; row < fetched_; ++row) {
            if (auto handed = hand_out(row, sink); !handed) return handed;
        }
    }
}

Result<void> Block::hand_out(std::size_t row, const RowSink& sink) {
    text_.clear();
    ends_.clear();
    cells_.assign(columns_.size(), std::string_view());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto there = append(row, i);
        if (!there) return fail(there.error());
        if (!*there) cells_[i].reset();
        ends_.push_back(text_.size());
    }
    std::size_t start = 0;  // only now: the text no longer moves
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (cells_[i]) cells_[i] = std::string_view(text_).substr(start, ends_[i] - start);
        start = ends_[i];
    }
    sink(cells_);
    return {};
}

Result<bool> Block::append(std::size_t row, std::size_t column) {
    const Bound& bound = columns_[column];
    const SQLLEN length = bound.lengths[row];
    if (length == SQL_NULL_DATA) return false;
    const std::size_t end = bound.number ? sizeof(SQLCHAR) : sizeof(SQLWCHAR);
    if (length < 0 || static_cast<std::size_t>(length) > bound.bytes - end) return fetch_again(row, column);
    const SQLCHAR* cell = bound.room.data() + row * bound.bytes;
    const auto bytes = static_cast<std::size_t>(length);
    if (bound.number) {
        text_.append(cell, cell + bytes);
        return true;
    }
    const auto* units = reinterpret_cast<const SQLWCHAR*>(cell);  // the room is aligned: `bytes` is even
    if (!append_utf8(text_, {units, bytes / sizeof(SQLWCHAR)})) return fail(not_unicode(column));
    return true;
}

// The driver described the column shorter than it is. Not every driver can go back into a block; then it is an error.
Result<bool> Block::fetch_again(std::size_t row, std::size_t column) {
    const auto code = SQLSetPos(statement_, row + 1, SQL_POSITION, SQL_LOCK_NO_CHANGE);
    if (SQL_SUCCEEDED(code)) return append_cell(statement_, column, text_);
    Error error = driver_error(statement_);
    error.message =
        fmt::format("a value in column {} is longer than the driver said it could be ({})", column + 1, error.message);
    error.advice = "cast the column to a type that is long enough";
    return fail(std::move(error));
}

}  // namespace roost::odbc
