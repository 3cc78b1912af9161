#include <fmt/format.h>

#include <algorithm>

#include "drivers/mariadb/parts.hpp"
#include "mariadb_sql.hpp"

namespace roost::mariadb {
namespace {

constexpr std::string_view role_setting = "role", database_setting = "database", between = " = ";

// The columns of session.sql behind the third, in their order.
constexpr std::string_view variables[] = {"sql_mode",
                                          "autocommit",
                                          "foreign_key_checks",
                                          "unique_checks",
                                          "check_constraint_checks",
                                          "sql_log_bin",
                                          "sql_safe_updates",
                                          "sql_select_limit",
                                          "sql_auto_is_null",
                                          "character_set_client",
                                          "character_set_results",
                                          "collation_connection",
                                          "time_zone",
                                          "lc_time_names",
                                          "tx_isolation",
                                          "tx_read_only",
                                          "lock_wait_timeout",
                                          "innodb_lock_wait_timeout",
                                          "max_statement_time",
                                          "wait_timeout",
                                          "group_concat_max_len",
                                          "div_precision_increment",
                                          "auto_increment_increment",
                                          "auto_increment_offset",
                                          "default_storage_engine",
                                          "max_recursive_iterations",
                                          "sql_quote_show_create",
                                          "max_sp_recursion_depth"};

std::string setting(std::string_view name, std::string_view value) {
    return fmt::format("{}{}{}", name, between, value);
}

// Numbers go back as numbers: SET takes no text for them.
std::string value_text(std::string_view value) {
    const bool number = !value.empty() && value.find_first_not_of("0123456789.") == std::string_view::npos;
    return number ? std::string(value) : literal(value);
}

// How a setting goes back; "" where it cannot: there is no way back to no database.
std::string statement_for(std::string_view name, std::string_view value) {
    if (name == role_setting) return value.empty() ? "SET ROLE NONE" : "SET ROLE " + quote(value);
    if (name == database_setting) return value.empty() ? std::string{} : "USE " + quote(value);
    // tx_isolation reads REPEATABLE-READ, and so it may be set.
    return fmt::format("SET SESSION {} = {}", name, value_text(value));
}

// Called in the order of session.sql: role and database before sql_mode. The error names the setting.
Result<void> put_back(Connection& connection, const std::string& wanted) {
    const auto at = wanted.find(between);
    const std::string sql = statement_for(wanted.substr(0, at), std::string_view(wanted).substr(at + between.size()));
    if (sql.empty()) return {};
    if (auto done = connection.execute(sql); !done) {
        done.error().message = fmt::format("cannot put back {}: {}", wanted, done.error().message);
        return fail(std::move(done.error()));
    }
    return {};
}

}  // namespace

Result<SessionState> remember(Connection& connection) {
    const auto rows = read(connection, sql::session);
    if (!rows) return fail(rows.error());
    SessionState state;
    state.settings.push_back(setting(role_setting, rows->text(0, 0)));
    state.settings.push_back(setting(database_setting, rows->text(0, 1)));
    if (rows->text(0, 2) == "1") state.transaction = "open";
    std::size_t column = 3;
    for (const auto name : variables) state.settings.push_back(setting(name, rows->text(0, column++)));
    return state;
}

Result<void> reset(Connection& connection, const SessionState& before) {
    auto now = remember(connection);
    if (!now) return fail(now.error());
    const std::string left_open = before.transaction.empty() ? now->transaction : std::string{};
    if (!left_open.empty())
        if (auto ended = connection.execute("ROLLBACK"); !ended) return fail(std::move(ended.error()));
    // What a script locked cannot be seen.
    if (auto unlocked = connection.execute("UNLOCK TABLES"); !unlocked) return fail(std::move(unlocked.error()));
    bool changed = false;
    for (const std::string& wanted : before.settings) {
        if (std::ranges::find(now->settings, wanted) != now->settings.end()) continue;
        if (auto done = put_back(connection, wanted); !done) return done;
        changed = true;
    }
    if (changed) now = remember(connection);
    if (!now) return fail(now.error());
    if (!left_open.empty()) now->transaction = left_open;
    return same_session(before, *now);
}

}  // namespace roost::mariadb
