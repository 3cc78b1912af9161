#include <fmt/format.h>

#include "drivers/postgresql/parts.hpp"
#include "postgresql_sql.hpp"

namespace roost::postgresql {

Result<SessionState> remember(Connection& connection) {
    const auto rows = read(connection, sql::session);
    if (!rows) return fail(rows.error());
    constexpr std::string_view names[] = {"session_user",    "current_user",
                                          "search_path",     "standard_conforming_strings",
                                          "client_encoding", "session_replication_role"};
    SessionState state;
    std::size_t column = 0;
    for (const auto name : names) state.settings.push_back(fmt::format("{} = {}", name, rows->text(0, column++)));
    // A script's own BEGIN is known to the server alone; in the run's, the first statement is sent along with it.
    const bool begun_before = rows->text(0, column + 1) == "1";
    if (connection.in_transaction() || begun_before) state.transaction = rows->text(0, column);
    return state;
}

Result<void> reset(Connection& connection, const SessionState& before) {
    if (auto done = connection.execute(sql::reset); !done) return fail(std::move(done.error()));
    const auto now = remember(connection);
    if (!now) return fail(now.error());
    if (before.transaction.empty() && !now->transaction.empty()) {
        // Else what roost writes next would be part of it. The settings went back in it, and do so again.
        if (auto ended = connection.execute("ROLLBACK"); !ended) return fail(std::move(ended.error()));
        if (auto done = connection.execute(sql::reset); !done) return fail(std::move(done.error()));
    }
    return same_session(before, *now);
}

}  // namespace roost::postgresql
