#include <fmt/format.h>

#include "drivers/sqlite/parts.hpp"
#include "sqlite_sql.hpp"

namespace roost::sqlite {
namespace {

constexpr std::string_view begin_mark = "SAVEPOINT roost_run";
constexpr std::string_view end_mark = "RELEASE roost_run";

Result<std::vector<std::string>> settings_of(Connection& connection) {
    const auto rows = read(connection, sql::session);
    if (!rows) return fail(rows.error());
    std::vector<std::string> settings;
    for (std::size_t i = 0; i < rows->rows.size(); ++i)
        settings.push_back(fmt::format("{} = {}", rows->text(i, 0), rows->text(i, 1)));
    return settings;
}

// SQLite gives a transaction no name or time of its own, so a savepoint is left in it: it ends with the transaction.
Result<void> take_mark(Connection& connection) {
    const auto taken = connection.execute(begin_mark);
    if (!taken) return fail(taken.error());
    return {};
}

Result<void> clear_leftovers(Connection& connection) {
    const auto rows = read(connection, sql::leftovers);
    if (!rows) return fail(rows.error());
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        const std::string name = quote(rows->text(i, 2));
        // IF EXISTS: a table takes its triggers along.
        const std::string sql = rows->text(i, 0) == "temp"
                                    ? fmt::format("DROP {} IF EXISTS temp.{}", rows->text(i, 1), name)
                                    : fmt::format("DETACH {}", name);
        if (auto done = connection.execute(sql); !done) return fail(std::move(done.error()));
    }
    return {};
}

}  // namespace

Result<SessionState> remember(Connection& connection) {
    auto settings = settings_of(connection);
    if (!settings) return fail(std::move(settings.error()));
    SessionState state{std::move(*settings), {}};
    if (!connection.in_transaction()) return state;
    if (auto taken = take_mark(connection); !taken) return fail(std::move(taken.error()));
    state.transaction = begin_mark;
    return state;
}

Result<void> reset(Connection& connection, const SessionState& before) {
    SessionState now;
    // Gone without a trace where the script ended the transaction, even if it began another.
    if (!before.transaction.empty() && connection.in_transaction() && connection.execute(end_mark)) {
        if (auto taken = take_mark(connection); !taken) return taken;
        now.transaction = begin_mark;
    } else if (before.transaction.empty() && connection.in_transaction()) {
        now.transaction = "one that the script began";
        if (auto ended = connection.rollback(); !ended) return ended;
    }
    if (now.transaction != before.transaction) return same_session(before, now);

    if (auto writable = connection.execute("PRAGMA query_only = 0"); !writable)
        return fail(std::move(writable.error()));
    if (auto cleared = clear_leftovers(connection); !cleared) return cleared;
    std::string pragmas;
    for (const std::string& setting : before.settings) pragmas += fmt::format("PRAGMA {};", setting);
    if (auto done = connection.execute(pragmas); !done) return fail(std::move(done.error()));
    auto settings = settings_of(connection);
    if (!settings) return fail(std::move(settings.error()));
    now.settings = std::move(*settings);
    return same_session(before, now);
}

}  // namespace roost::sqlite
