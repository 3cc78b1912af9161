#include "odbc/rows.hpp"

#include "odbc/block.hpp"
#include "odbc/cell.hpp"
#include "odbc/diagnostics.hpp"

namespace roost::odbc {
namespace {

Result<void> read_cell_by_cell(SQLHSTMT statement, std::size_t columns, const RowSink& sink) {
    std::vector<std::string> texts(columns);
    std::vector<Cell> cells(columns);
    while (true) {
        const auto code = SQLFetch(statement);
        if (code == SQL_NO_DATA) return {};
        if (!SQL_SUCCEEDED(code)) return fail(error_of(diagnostics(SQL_HANDLE_STMT, statement)));
        for (std::size_t i = 0; i < columns; ++i) {
            texts[i].clear();
            const auto there = append_cell(statement, i, texts[i]);
            if (!there) return fail(there.error());
            cells[i] = *there ? Cell(texts[i]) : std::nullopt;
        }
        sink(cells);
    }
}

}  // namespace

Result<void> read_rows(SQLHSTMT statement, const RowSink& sink) {
    const auto columns = describe(statement);
    if (!columns) return fail(columns.error());
    if (!Block::suits(*columns)) return read_cell_by_cell(statement, columns->size(), sink);
    return Block(statement, *columns).read(sink);
}

}  // namespace roost::odbc
