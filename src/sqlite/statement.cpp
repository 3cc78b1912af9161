#include "sqlite/statement.hpp"

#include <fmt/core.h>

#include <limits>

namespace roost::sqlite {

Error error_of(sqlite3* database) {
    return {.message = sqlite3_errmsg(database), .native = sqlite3_extended_errcode(database)};
}

Result<void> check_text(std::string_view text) {
    if (text.contains('\0')) return fail({.message = "a NUL byte inside a text that goes to the database"});
    return {};
}

Result<Prepared> prepare(sqlite3* database, std::string_view& sql) {
    if (sql.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return fail({.message = "a statement is longer than 2 GB"});
    }
    while (!sql.empty()) {
        sqlite3_stmt* statement = nullptr;
        const char* tail = nullptr;
        if (sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, &tail) != SQLITE_OK) {
            return fail(error_of(database));
        }
        sql.remove_prefix(static_cast<std::size_t>(tail - sql.data()));
        if (statement != nullptr) return Prepared(statement);
    }
    return Prepared();
}

Result<void> bind(sqlite3* database, sqlite3_stmt* statement, Parameters parameters) {
    const int wanted = sqlite3_bind_parameter_count(statement);
    if (static_cast<std::size_t>(wanted) != parameters.size()) {
        return fail({.message = fmt::format("the statement takes {} parameters, not {}", wanted, parameters.size())});
    }
    for (int i = 0; i < wanted; ++i) {
        const auto& value = parameters[static_cast<std::size_t>(i)];
        if (!value) continue;  // unbound is NULL
        if (auto fine = check_text(*value); !fine) return fine;
        if (sqlite3_bind_text64(statement, i + 1, value->data(), value->size(), SQLITE_STATIC, SQLITE_UTF8) !=
            SQLITE_OK) {
            return fail(error_of(database));
        }
    }
    return {};
}

Result<void> run(sqlite3* database, sqlite3_stmt* statement, const RowSink& sink) {
    std::vector<Cell> cells(static_cast<std::size_t>(sqlite3_column_count(statement)));
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int i = 0; i < static_cast<int>(cells.size()); ++i) {
            Cell& cell = cells[static_cast<std::size_t>(i)];
            cell.reset();
            if (sqlite3_column_type(statement, i) == SQLITE_NULL) continue;
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
            if (text == nullptr) return fail(error_of(database));
            cell = std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
        }
        sink(cells);
    }
    if (code != SQLITE_DONE) return fail(error_of(database));
    return {};
}

}  // namespace roost::sqlite
