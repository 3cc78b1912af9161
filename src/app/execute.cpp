#include "app/execute.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace roost {
namespace {

// What the engine said although the statement succeeded: engines warn where they should fail.
void tell(const World& world, const Session& session, const std::vector<Notice>& notices, const Place& place) {
    for (const Notice& notice : notices)
        world.say(
            Level::warning,
            session.redact(to_string(Error{.message = notice.text, .place = place, .sqlstate = notice.sqlstate})));
}

// Where the engine says the error is, if that can be told.
Place place_of(const Statement& statement, std::uint32_t line) {
    const auto lines = 1 + std::ranges::count(statement.sql, '\n');
    if (!statement.lines_hold || line < 2 || line > lines) return statement.place;
    return {statement.place.file, statement.place.line + line - 1, 0};
}

Result<void> run_one(const World& world, const Session& session, const Statement& statement) {
    auto result = session.connection().execute(statement.sql);
    if (!result) {
        result.error().place = place_of(statement, result.error().line);
        return fail(std::move(result.error()));
    }
    tell(world, session, *result, statement.place);
    return {};
}

// Between the batches of a script: after its last one reset() looks.
Result<void> still_open(const Session& session, const Statement& ran) {
    const std::string_view question = session.driver().info.transactions_open;
    if (question.empty() || !ran.covers.empty() || !session.connection().in_transaction()) return {};
    const auto rows = read(session.connection(), question);
    Error error = rows ? transaction_ended() : rows.error();
    if (rows && rows->text(0, 0) != "0") return {};
    error.place = ran.place;
    return fail(std::move(error));
}

Result<void> one_by_one(const World& world, const Session& session, std::span<const Statement> statements) {
    for (const Statement& statement : statements) {
        if (world.interrupt->requested())
            return fail({.kind = ErrorKind::interrupted, .message = "interrupted", .place = statement.place});
        if (auto run = run_one(world, session, statement); !run) return run;
        if (&statement == &statements.back()) break;
        if (auto open = still_open(session, statement); !open) return open;
    }
    return {};
}

Result<void> run_end(const Session& session, std::string_view end) {
    if (auto ended = session.connection().execute(end); !ended) return fail(std::move(ended.error()));
    return {};
}

// `end` follows the pack in the same call, where a failed statement ends the call. A pack that does not parse is
// refused whole, so its savepoint was set before.
Result<void> run_pack(const World& world, const Session& session, const Pack& pack, std::string_view end) {
    if (world.interrupt->requested()) return fail({.kind = ErrorKind::interrupted, .message = "interrupted"});
    const Savepoint& savepoint = session.driver().info.savepoint;
    auto sent = session.connection().execute(savepoint.apart ? pack.sql : fmt::format("{};\n{}", pack.sql, end));
    if (sent) {
        tell(world, session, *sent, {.file = pack.statements.front().place.file});
        return savepoint.apart ? run_end(session, end) : Result<void>();
    }
    if (world.interrupt->requested()) return fail(std::move(sent.error()));
    auto back = session.connection().execute(savepoint.back);
    if (!back) return fail(std::move(sent.error()));  // the connection is gone: what it said first is the cause
    if (auto run = one_by_one(world, session, pack.statements); !run) return run;
    return run_end(session, end);
}

}  // namespace

Result<void> run_statements(const World& world, const Session& session, std::span<const Statement> statements) {
    const EngineInfo& info = session.driver().info;
    const bool together = info.packs_scripts || (!statements.empty() && !statements.front().covers.empty());
    if (!session.connection().in_transaction() || info.pack_statements == 1 || statements.size() < 2 || !together)
        return one_by_one(world, session, statements);
    if (auto set = session.connection().execute(info.savepoint.set); !set) return fail(std::move(set.error()));
    const std::string last(info.savepoint.release);
    const std::string next = fmt::format("{};\n{}", last, info.savepoint.set);
    const auto all = packs(statements, info);
    for (const Pack& pack : all)
        if (auto run = run_pack(world, session, pack, &pack == &all.back() ? last : next); !run) return run;
    return {};
}

}  // namespace roost
