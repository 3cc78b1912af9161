#include "ledger/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/placeholders.hpp"

namespace roost {
namespace {

// A tag or the like may be longer than what the narrowest ledger has a column for.
std::string cut_version(std::string version) {
    constexpr std::size_t most = 100;  // bytes
    if (version.size() <= most) return version;
    version.resize(most - 3);
    while ((version.back() & 0xC0) == 0x80) version.pop_back();  // not half a character
    if ((version.back() & 0x80) != 0) version.pop_back();
    return version + "...";
}

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Result<void> without_notices(Result<std::vector<Notice>> result) {
    if (!result) return fail(std::move(result.error()));
    return {};
}

// Longer than a literal may be in Oracle: to be bound.
bool is_long(const Step& step) { return step.covers.size() > 4000; }

// How many steps go into one statement: a long one goes alone.
std::size_t together(std::span<const Step> steps) {
    constexpr std::size_t most = 200;
    if (is_long(steps.front())) return 1;
    const auto some = steps.first(std::min(steps.size(), most));
    return static_cast<std::size_t>(std::ranges::find_if(some, is_long) - some.begin());
}

// A row of the table `step`; what the step covers is a parameter where it is long.
std::string cells(const Names& names, std::int64_t run, std::size_t seq, const Step& step) {
    const auto literal = names.literal;
    return fmt::format("{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}", run, seq, literal(step.kind), literal(step.phase),
                       literal(step.name), step.checksum ? std::to_string(*step.checksum) : "NULL", literal(step.place),
                       is_long(step) ? "?" : literal(step.covers), literal(step.state), literal(step.started_at),
                       step.ended_at.empty() ? "NULL" : literal(step.ended_at));
}

}  // namespace

std::string Ledger::table(std::string_view name) const {
    return fmt::format("{}{}", driver_->info.ledger_prefix, name);
}

std::string Ledger::mine() const {
    return driver_->info.ledger_is_shared ? fmt::format("database_name = {}", driver_->names.literal(database_))
                                          : std::string("1 = 1");
}

// Statement by statement: what another version, or a process that died on the way, has made already is passed over.
Result<void> Ledger::make_tables() const {
    const Source source("ledger.sql", std::string(driver_->ledger_ddl));
    Splitter splitter(source, driver_->info.split);
    while (auto slice = splitter.next()) {
        if (!*slice) return fail((*slice).error());
        auto made = connection_->execute(source.text().substr((*slice)->begin, (*slice)->end - (*slice)->begin));
        if (!made && driver_->diagnose(made.error()).fault != Fault::exists) return fail(std::move(made.error()));
    }
    return {};
}

Result<void> Ledger::write_owner(const LedgerOwner& owner, const std::string& now) const {
    const bool shared = driver_->info.ledger_is_shared;
    std::vector<std::optional<std::string>> values = {owner.project, owner.environment, owner.database_id, now};
    if (shared) values.emplace_back(database_);
    return without_notices(connection_->execute(
        fmt::format(
            "INSERT INTO {} (version, project, environment, database_id, created_at{}) VALUES ({}, ?, ?, ?, ?{})",
            table("ledger"), shared ? ", database_name" : "", ledger_version, shared ? ", ?" : ""),
        values));
}

Result<void> Ledger::create(const LedgerOwner& owner, const std::string& now) const {
    // Where DDL commits by itself, a table that is there already would only spoil a transaction.
    const bool together = driver_->info.transactional_role_ddl;
    Result<void> made = together ? connection_->begin() : make_tables();
    if (made) made = together ? make_tables() : connection_->begin();
    if (made) made = driver_->ledger_is_safe(*connection_);  // again: somebody else may have been quicker
    if (made) made = write_owner(owner, now);
    if (made) return connection_->commit();
    Error error = std::move(made.error());
    static_cast<void>(connection_->rollback());
    error.message = fmt::format("cannot make the ledger: {}", error.message);
    return fail(std::move(error));
}

Result<void> Ledger::abandon(const std::string& now) const {
    const std::optional<std::string> values[] = {now, "committed; the process died before its last scripts ended",
                                                 "the process died before it ended"};
    return without_notices(connection_->execute(
        fmt::format(
            "UPDATE {} SET ended_at = ?, error = CASE state WHEN 'committed' THEN ? ELSE ? END, state = 'abandoned' "
            "WHERE {} AND state IN ('started', 'committed')",
            table("run"), mine()),
        values));
}

Result<void> Ledger::start(const Run& run, bool left_over) const {
    if (left_over)
        if (auto marked = abandon(run.started_at); !marked) return marked;
    const bool shared = driver_->info.ledger_is_shared;
    std::vector<std::optional<std::string>> values = {
        run.event,     run.actor, run.account, run.host, run.roost, or_null(cut_version(run.schema_version)),
        run.started_at};
    if (shared) values.emplace_back(database_);
    return without_notices(connection_->execute(
        fmt::format("INSERT INTO {} (id, state, history_rank, event, actor, account, host, roost, schema_version, "
                    "started_at{}) VALUES ({}, 'started', {}, ?, ?, ?, ?, ?, ?, ?{})",
                    table("run"), shared ? ", database_name" : "", run.id, run.history_rank, shared ? ", ?" : ""),
        values));
}

Result<void> Ledger::record(std::int64_t run, std::size_t first, std::span<const Step> steps) const {
    const std::string_view source = driver_->info.one_row;
    for (std::size_t count = 0; !steps.empty(); first += count, steps = steps.subspan(count)) {
        count = together(steps);
        const bool bound = is_long(steps.front());
        const bool selected = !bound && !source.empty();
        std::string sql = fmt::format(
            "INSERT INTO {} (run_id, seq, kind, phase, name, checksum, place, covers, state, started_at, ended_at) {}",
            table("step"), selected ? "" : "VALUES ");
        for (std::size_t i = 0; i < count; ++i) {
            const std::string row = cells(driver_->names, run, first + i + 1, steps[i]);
            if (i > 0) sql += selected ? "\nUNION ALL " : ",\n";
            sql += selected ? fmt::format("SELECT {} {}", row, source) : fmt::format("({})", row);
        }
        const std::optional<std::string> covers[] = {steps.front().covers};
        if (auto written = without_notices(connection_->execute(sql, bound ? Parameters(covers) : Parameters()));
            !written)
            return written;
    }
    return {};
}

Result<void> Ledger::end_steps(std::int64_t run, std::size_t from, std::size_t to, const std::string& state,
                               const std::string& now, const std::string& error) const {
    if (from > to) return {};
    const std::optional<std::string> values[] = {state, now, or_null(error)};
    return without_notices(
        connection_->execute(fmt::format("UPDATE {} SET state = ?, ended_at = ?, error = ? WHERE run_id = {} AND seq "
                                         "BETWEEN {} AND {} AND state = 'sent'",
                                         table("step"), run, from, to),
                             values));
}

Result<void> Ledger::set_state(std::int64_t run, const std::string& state, const std::string& now,
                               const std::string& error) const {
    const std::optional<std::string> values[] = {state, or_null(now), or_null(error)};
    return without_notices(connection_->execute(
        fmt::format("UPDATE {} SET state = ?, ended_at = ?, error = ? WHERE id = {}", table("run"), run), values));
}

}  // namespace roost
