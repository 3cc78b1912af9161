#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "drivers/sqlserver/parts.hpp"
#include "sqlserver_sql.hpp"

namespace roost::sqlserver {
namespace {

constexpr int deepest = 32;  // EXECUTE AS nests as procedures do
constexpr std::string_view held_mark = "Shared";

// As session.sql gives it.
struct Standing {
    std::vector<std::string> settings;
    std::string depth;
    std::string mark;
    bool in_transaction() const { return depth != "0"; }
};

constexpr std::string_view names[] = {"user_name",    "login",    "database",  "options",
                                      "lock_timeout", "language", "first_day", "date_format"};

Result<Standing> standing(Connection& connection) {
    const auto rows = read(connection, sql::session);
    if (!rows) return fail(rows.error());
    Standing found;
    std::size_t column = 0;
    for (const auto name : names) found.settings.push_back(fmt::format("{} = {}", name, rows->text(0, column++)));
    found.depth = rows->text(0, column++);
    found.mark = rows->text(0, column);
    return found;
}

std::string setting(const std::vector<std::string>& settings, std::string_view name) {
    const std::string start = fmt::format("{} = ", name);
    const auto found = std::ranges::find_if(settings, [&](const std::string& text) { return text.starts_with(start); });
    return found == settings.end() ? std::string{} : found->substr(start.size());
}

Result<void> send(Connection& connection, std::string_view sql) {
    if (auto done = connection.execute(sql); !done) return fail(std::move(done.error()));
    return {};
}

std::string transaction_of(const Standing& now) {
    return now.in_transaction() ? now.depth + " " + now.mark : std::string{};
}

// The database first: in another one REVERT is refused. Each REVERT takes back one EXECUTE AS.
Result<Standing> back_to_account(Connection& connection, const SessionState& before) {
    const auto differs = [&](const Standing& now, std::string_view name) {
        return setting(now.settings, name) != setting(before.settings, name);
    };
    auto now = standing(connection);
    for (int i = 0; now && i < deepest && (differs(*now, "user_name") || differs(*now, "login")); ++i) {
        if (differs(*now, "database"))
            static_cast<void>(send(connection, "USE " + quote(setting(before.settings, "database"))));
        if (!send(connection, "REVERT")) break;  // an application role, say: the check tells
        now = standing(connection);
    }
    if (now && differs(*now, "database")) {
        if (auto used = send(connection, "USE " + quote(setting(before.settings, "database"))); !used)
            return fail(std::move(used.error()));
        now = standing(connection);
    }
    return now;
}

Result<void> put_back_settings(Connection& connection, const SessionState& before, const Standing& now) {
    const auto was = [&](std::string_view name) { return setting(before.settings, name); };
    std::string sql = start_sql(was("lock_timeout"));
    // A language brings its way with dates along.
    const bool other_dates = std::ranges::any_of(std::array{"language", "first_day", "date_format"},
                                                 [&](auto name) { return setting(now.settings, name) != was(name); });
    if (other_dates)
        sql += fmt::format("SET LANGUAGE {};\nSET DATEFIRST {};\nSET DATEFORMAT {};\n", literal(was("language")),
                           was("first_day"), was("date_format"));
    return send(connection, sql);
}

Result<void> drop_leftovers(Connection& connection) {
    const auto rows = read(connection, sql::leftovers);
    if (!rows) return fail(rows.error());
    for (std::size_t i = 0; i < rows->rows.size(); ++i)
        if (auto dropped = send(connection, "DROP TABLE " + quote(rows->text(i, 0))); !dropped) return dropped;
    return {};
}

}  // namespace

std::string start_sql(std::string_view lock_timeout) {
    return fmt::format("{}\nSET LOCK_TIMEOUT {};\n", sql::start, lock_timeout);
}

Result<SessionState> remember(Connection& connection) {
    if (connection.in_transaction())
        if (auto marked = send(connection, sql::mark); !marked) return fail(std::move(marked.error()));
    const auto now = standing(connection);
    if (!now) return fail(now.error());
    if (now->in_transaction() && now->mark != held_mark)
        return fail({.kind = ErrorKind::refused,
                     .message = "the run's transaction cannot be told from another: a session holds the application "
                                "lock roost.transaction for itself",
                     .advice = "nobody but roost should take it, and roost shares it: find the session in "
                               "sys.dm_tran_locks, and end it"});
    return SessionState{now->settings, transaction_of(*now)};
}

Result<void> reset(Connection& connection, const SessionState& before) {
    auto now = back_to_account(connection, before);
    if (!now) return fail(now.error());
    if (before.transaction.empty() && now->in_transaction()) {
        // Else what roost writes next would be part of it.
        if (auto ended = send(connection, "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION"); !ended) return ended;
        return same_session(before, {now->settings, transaction_of(*now)});
    }
    if (transaction_of(*now) != before.transaction) {
        if (now->mark == held_mark)
            return fail({.message = "the script began a transaction inside the run's, and left it open",
                         .advice = "take BEGIN TRANSACTION and SET IMPLICIT_TRANSACTIONS out of it"});
        return same_session(before, {before.settings, "another"});
    }
    if (auto put = put_back_settings(connection, before, *now); !put) return put;
    if (auto dropped = drop_leftovers(connection); !dropped) return dropped;
    now = standing(connection);
    if (!now) return fail(now.error());
    return same_session(before, {now->settings, transaction_of(*now)});
}

}  // namespace roost::sqlserver
