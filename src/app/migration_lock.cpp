#include "app/migration_lock.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <thread>

#include "core/ascii.hpp"
#include "core/describe.hpp"
#include "core/holes.hpp"
#include "history/java_hash.hpp"

namespace roost {
namespace {

using Clock = std::chrono::steady_clock;

// Of a migration under way: what it holds, and by whom and since when as far as that is known.
struct UnderWay {
    std::string lock;
    std::string by;
};

std::string told(const UnderWay& under_way) {
    return under_way.by.empty() ? fmt::format("{} is held", under_way.lock)
                                : fmt::format("{} is held by {}", under_way.lock, under_way.by);
}

void say_waiting(const World& world, const UnderWay& under_way, std::chrono::milliseconds wait) {
    world.say(Level::warning, fmt::format("a migration is under way: {}; waiting for it, {} at most", told(under_way),
                                          std::chrono::duration_cast<std::chrono::duration<double>>(wait)));
}

Error still_held(const UnderWay& under_way, const std::string& advice) {
    return {.kind = ErrorKind::refused,
            .message = fmt::format("a migration is under way: {}", told(under_way)),
            .advice = advice};
}

Error stopped() { return {.kind = ErrorKind::interrupted, .message = "interrupted"}; }

// "flyway (Flyway by Redgate), since 2026-…"
std::string words_for(const std::string& account, const std::string& program, const std::string& since) {
    std::string words = account.empty() ? program : account;
    if (!account.empty() && !program.empty()) words += fmt::format(" ({})", program);
    if (!since.empty()) words += fmt::format(", since {}", since);
    return words;
}

class FlywayLocking {
public:
    FlywayLocking(const Session& session, const std::string& table)
        : session_(session), lock_(session.driver().flyway_lock), table_(table) {}

    bool exists() const { return !lock_.try_it.empty(); }
    Result<bool> try_it() { return ask(lock_.try_it); }
    Result<bool> wait() { return ask(lock_.wait); }
    HeldFlywayLock held() { return {session_.connection(), sql_of(lock_.let_go)}; }

    UnderWay under_way() {
        UnderWay under_way{fmt::format("Flyway's lock on {}", table_), {}};
        if (lock_.holder.empty()) return under_way;
        const auto rows = read(session_.connection(), sql_of(lock_.holder));
        if (rows && !rows->empty()) under_way.by = words_for(rows->text(0, 0), rows->text(0, 1), rows->text(0, 2));
        return under_way;
    }

private:
    std::string sql_of(std::string_view text) const {
        return filled(text, [&](std::string_view hole, std::string_view) -> std::optional<std::string> {
            if (hole == "table") return table_;
            if (hole == "hash") return std::to_string(java_hash(table_));
            return std::nullopt;
        });
    }

    Result<bool> ask(std::string_view text) {
        Connection& connection = session_.connection();
        if (lock_.let_go.empty())
            if (auto begun = connection.begin(); !begun) return fail(std::move(begun.error()));
        const auto rows = read(connection, sql_of(text));
        if (rows && (rows->empty() || rows->text(0, 0) == "1")) return true;
        if (lock_.let_go.empty())
            if (auto ended = connection.rollback(); !ended) return fail(std::move(ended.error()));
        if (rows || session_.driver().diagnose(rows.error()).fault == Fault::lock_timeout) return false;
        return fail(rows.error());
    }

    const Session& session_;
    const FlywayLock& lock_;
    std::string table_;
};

// For want of a right; or what speaks the engine's language knows no such statement.
bool cannot_lock(Fault fault) { return fault == Fault::denied || fault == Fault::syntax; }

}  // namespace

Result<void> HeldFlywayLock::let_go() {
    Connection* connection = std::exchange(connection_, nullptr);
    if (connection == nullptr) return {};
    if (let_go_.empty()) return connection->rollback();
    if (auto rows = read(*connection, let_go_); !rows) return fail(std::move(rows.error()));
    return {};
}

std::string qualified(const Session& session, const TableName& table) {
    const Names& names = session.driver().names;
    const std::string schema = table.schema.empty() ? session.facts().schema : table.schema;
    return schema.empty() ? names.quote(table.name) : names.quote(schema) + "." + names.quote(table.name);
}

std::string unquoted_name(const Driver& driver, std::string_view name) {
    switch (driver.info.folding) {
        case Folding::lower:
            return lower_ascii(name);
        case Folding::upper:
            return upper_ascii(name);
        default:
            return std::string(name);
    }
}

Result<HeldFlywayLock> hold_flyway_lock(const World& world, const Loaded& loaded, const Session& session,
                                        const TableName& table) {
    FlywayLocking locking(session, qualified(session, table));
    if (!locking.exists() || loaded.environment.flyway.called) return HeldFlywayLock();
    auto had = locking.try_it();
    if (!had && cannot_lock(session.driver().diagnose(had.error()).fault)) {
        world.say(Level::info,
                  fmt::format("Flyway's lock is not taken while its history is read: {}", had.error().message));
        return HeldFlywayLock();
    }
    const auto wait = loaded.target.lock_wait;
    const auto end = Clock::now() + wait;
    for (bool told = false; had && !*had; told = true) {
        if (world.interrupt->requested()) return fail(stopped());
        const UnderWay under_way = told && Clock::now() < end ? UnderWay() : locking.under_way();
        if (Clock::now() >= end)
            return fail(still_held(under_way, "run again when it has ended, or wait longer: --lock-timeout"));
        if (!told) say_waiting(world, under_way, wait);
        had = locking.wait();
    }
    if (world.interrupt->requested()) return fail(stopped());
    if (!had) return fail(std::move(had.error()));
    return locking.held();
}

Result<void> wait_for_tool(const World& world, const Loaded& loaded, const Session& session,
                           const MigrationReader& tool, const TableName& history) {
    if (tool.lock_table.empty()) return {};
    constexpr std::chrono::milliseconds pause(200);
    const std::string name = unquoted_name(session.driver(), tool.lock_table);
    const auto found = session.driver().find_table(session.connection(), history.schema, name);
    if (!found) return fail(found.error());
    if (!*found) return {};
    const std::string query = fmt::format("SELECT LOCKED, LOCKEDBY, LOCKGRANTED FROM {}", qualified(session, **found));
    const auto end = Clock::now() + loaded.target.lock_wait;
    for (bool told = false;; told = true) {
        const auto rows = read(session.connection(), query);
        if (!rows) return fail(rows.error());
        if (rows->empty() || !is_true(rows->text(0, 0))) return {};
        const UnderWay under_way{fmt::format("{}'s lock", tool.title),
                                 words_for(rows->text(0, 1), "", rows->text(0, 2))};
        if (Clock::now() >= end)
            return fail(still_held(
                under_way,
                fmt::format("run again when it has ended, or wait longer: --lock-timeout; if its process has "
                            "died, `{}`",
                            tool.unlock)));
        if (!told) say_waiting(world, under_way, loaded.target.lock_wait);
        std::this_thread::sleep_for(pause);  // there is nothing that could be waited for
        if (world.interrupt->requested()) return fail(stopped());
    }
}

}  // namespace roost
