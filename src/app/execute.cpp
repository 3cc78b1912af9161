#include "app/execute.hpp"

#include <fmt/format.h>

namespace roost {
namespace {

// What the engine said although the statement succeeded: engines warn where they should fail.
void tell(const World& world, const Session& session, const std::vector<Notice>& notices, const Place& place) {
    for (const Notice& notice : notices)
        world.say(
            Level::warning,
            session.redact(to_string(Error{.message = notice.text, .place = place, .sqlstate = notice.sqlstate})));
}

Result<void> run_one(const World& world, const Session& session, const Statement& statement) {
    auto result = session.connection().execute(statement.sql);
    if (!result) {
        result.error().place = statement.place;
        return fail(std::move(result.error()));
    }
    tell(world, session, *result, statement.place);
    return {};
}

Result<void> one_by_one(const World& world, const Session& session, std::span<const Statement> statements) {
    for (const Statement& statement : statements) {
        if (world.interrupt->requested())
            return fail({.kind = ErrorKind::interrupted, .message = "interrupted", .place = statement.place});
        if (auto run = run_one(world, session, statement); !run) return run;
    }
    return {};
}

Result<void> run_pack(const World& world, const Session& session, const Pack& pack) {
    if (pack.statements.size() == 1) return one_by_one(world, session, pack.statements);
    if (world.interrupt->requested()) return fail({.kind = ErrorKind::interrupted, .message = "interrupted"});
    const Savepoint& savepoint = session.driver().info.savepoint;
    auto sent = session.connection().execute(fmt::format("{}{}{}", savepoint.set, pack.sql, savepoint.release));
    if (sent) {
        tell(world, session, *sent, {.file = pack.statements.front().place.file});
        return {};
    }
    if (world.interrupt->requested()) return fail(std::move(sent.error()));
    auto back = session.connection().execute(savepoint.back);
    if (!back) return fail(std::move(sent.error()));  // the connection is gone: what it said first is the cause
    return one_by_one(world, session, pack.statements);
}

}  // namespace

Result<void> run_statements(const World& world, const Session& session, std::span<const Statement> statements) {
    if (!session.connection().in_transaction()) return one_by_one(world, session, statements);
    for (const Pack& pack : packs(statements, session.driver().info))
        if (auto run = run_pack(world, session, pack); !run) return run;
    return {};
}

}  // namespace roost
