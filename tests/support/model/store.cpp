#include "store.hpp"

#include <algorithm>
#include <thread>

#include "text.hpp"

namespace model {
namespace {

Value value_of(sqlite3_value* value) {
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_value_int64(value)};
        case SQLITE_FLOAT:
            return sqlite3_value_double(value);
        case SQLITE_NULL:
            return {};
        default:
            break;
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

void call(sqlite3_context* context, int count, sqlite3_value** given) {
    const auto& function = *static_cast<Store::Function*>(sqlite3_user_data(context));
    std::vector<Value> arguments;
    for (int i = 0; i < count; ++i) arguments.push_back(value_of(given[i]));
    try {
        const Value result = function(arguments);
        if (const auto* number = std::get_if<std::int64_t>(&result)) return sqlite3_result_int64(context, *number);
        if (const auto* real = std::get_if<double>(&result)) return sqlite3_result_double(context, *real);
        if (is_null(result)) return sqlite3_result_null(context);
        const std::string text = text_of(result);
        sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    } catch (const Problem& problem) {
        sqlite3_result_error(context, problem.records.front().text.c_str(), -1);
    } catch (const StoreError& error) {
        sqlite3_result_error(context, error.text.c_str(), -1);
    } catch (...) {
        sqlite3_result_error(context, "model: a function failed", -1);
    }
}

int collate(void* store, int a_size, const void* a, int b_size, const void* b) {
    std::string first(static_cast<const char*>(a), static_cast<std::size_t>(a_size));
    std::string second(static_cast<const char*>(b), static_cast<std::size_t>(b_size));
    // Blanks at the end do not count when SQL Server compares.
    first.erase(first.find_last_not_of(' ') + 1);
    second.erase(second.find_last_not_of(' ') + 1);
    if (static_cast<const Store*>(store)->case_sensitive()) return first.compare(second);
    return folded(first).compare(folded(second));
}

Column described(sqlite3_stmt* statement, int i) {
    const char* declared = sqlite3_column_decltype(statement, i);
    Column column{.name = sqlite3_column_name(statement, i)};
    const std::string type = upper(declared == nullptr ? "" : declared);
    const auto bracket = type.find('(');
    const auto characters = bracket == type.npos ? 0 : std::strtoul(type.c_str() + bracket + 1, nullptr, 10);
    if (type.contains("CLOB") || type == "TEXT" || type.contains("CHAR(MAX)")) {
        column.type = Column::Type::long_text;
    } else if (type.contains("INT") || type == "BIT" || (type.starts_with("NUMBER") && !type.contains(','))) {
        column.type = Column::Type::integer;
    } else if (type.contains("FLOAT") || type.contains("REAL") || type.contains("DECIMAL") || type.contains("NUM")) {
        column.type = Column::Type::real;
    } else if (type.contains("CHAR")) {
        column.size = characters;
    }
    return column;
}

// Where the declaration says nothing, the values do.
void settle(Table& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        Column& column = table.columns[i];
        bool text = false, real = false, any = false;
        std::size_t longest = 0;
        for (const auto& row : table.rows) {
            any = any || !is_null(row[i]);
            text = text || std::holds_alternative<std::string>(row[i]);
            real = real || std::holds_alternative<double>(row[i]);
            if (const auto* value = std::get_if<std::string>(&row[i])) longest = std::max(longest, value->size());
        }
        const bool said = column.size != 0 || column.type != Column::Type::text;
        if (!said && any && !text) column.type = real ? Column::Type::real : Column::Type::integer;
        if (said && text && (column.type == Column::Type::integer || column.type == Column::Type::real))
            column.type = Column::Type::text;
        if (column.type != Column::Type::text) continue;
        if (column.size == 0) column.size = std::max<std::size_t>(128, longest);
        if (longest > 4000) column = {column.name, Column::Type::long_text, 0};
    }
}

void bind(sqlite3_stmt* statement, int index, const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        sqlite3_bind_int64(statement, index, *number);
    } else if (const auto* real = std::get_if<double>(&value)) {
        sqlite3_bind_double(statement, index, *real);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        sqlite3_bind_text(statement, index, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
    }
}

}  // namespace

Store::Store(const std::string& path) {
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    db_.reset(db);
    if (code != SQLITE_OK) complain(code);
    const auto wait = [](void* self, int) {
        auto& store = *static_cast<Store*>(self);
        const auto now = std::chrono::steady_clock::now();
        if (store.should_stop()) return 0;
        if (store.lock_wait.count() >= 0 && now - store.waiting_since_ >= store.lock_wait) return 0;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return 1;
    };
    sqlite3_busy_handler(db, wait, this);
    sqlite3_progress_handler(
        db, 1000, [](void* self) { return static_cast<Store*>(self)->should_stop() ? 1 : 0; }, this);
    sqlite3_create_collation_v2(db, "MODEL", SQLITE_UTF8, this, collate, nullptr);
    waiting_since_ = std::chrono::steady_clock::now();
    script("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON;");
}

bool Store::should_stop() const { return stop || (deadline && std::chrono::steady_clock::now() >= *deadline); }

void Store::attach(const std::string& path, std::string_view name) {
    run("ATTACH DATABASE ?1 AS " + in_quotes(name, '"'), {path});
    script("PRAGMA " + in_quotes(name, '"') + ".journal_mode = WAL;");
}

void Store::define(const char* name, Function function, int arguments) {
    functions_.push_back(std::make_unique<Function>(std::move(function)));
    sqlite3_create_function_v2(db_.get(), name, arguments, SQLITE_UTF8, functions_.back().get(), call, nullptr, nullptr,
                               nullptr);
}

Table Store::run(std::string_view sql, const Binder& binder) {
    waiting_since_ = std::chrono::steady_clock::now();
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(db_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(raw, sqlite3_finalize);
    if (code != SQLITE_OK) complain(code);
    if (!raw) return {};
    for (int i = 1; i <= sqlite3_bind_parameter_count(raw); ++i) {
        const char* name = sqlite3_bind_parameter_name(raw, i);
        const auto value = name == nullptr ? std::nullopt : binder(name);
        if (!value) throw StoreError{SQLITE_ERROR, "no value for " + std::string(name == nullptr ? "?" : name)};
        bind(raw, i, *value);
    }
    return step_all(raw);
}

Table Store::step_all(sqlite3_stmt* statement) {
    Table table;
    const int columns = sqlite3_column_count(statement);
    for (int i = 0; i < columns; ++i) table.columns.push_back(described(statement, i));
    int code = SQLITE_OK;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        auto& row = table.rows.emplace_back();
        for (int i = 0; i < columns; ++i) row.push_back(value_of(sqlite3_column_value(statement, i)));
    }
    if (code != SQLITE_DONE) complain(code);
    settle(table);
    return table;
}

Table Store::run(std::string_view sql, const std::vector<Value>& values) {
    return run(sql, [&](std::string_view name) -> std::optional<Value> {
        const auto index = std::strtoul(std::string(name.substr(1)).c_str(), nullptr, 10);
        if (name[0] != '?' || index < 1 || index > values.size()) return std::nullopt;
        return values[index - 1];
    });
}

Value Store::one(std::string_view sql, const std::vector<Value>& values) {
    const Table table = run(sql, values);
    return table.rows.empty() ? Value() : table.rows.front().front();
}

void Store::script(const std::string& sql) {
    waiting_since_ = std::chrono::steady_clock::now();
    const int code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) complain(code);
}

void Store::complain(int code) {
    if (stop || code == SQLITE_INTERRUPT || (deadline && should_stop())) throw StoreStopped{};
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) throw StoreBusy{};
    throw StoreError{sqlite3_extended_errcode(db_.get()), sqlite3_errmsg(db_.get())};
}

}  // namespace model
