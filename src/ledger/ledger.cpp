#include "ledger/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/placeholders.hpp"

namespace roost {
namespace {

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<std::string> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

Result<void> without_notices(Result<std::vector<Notice>> result) {
    if (!result) return fail(std::move(result.error()));
    return {};
}

Error foreign(const LedgerOwner& found, const LedgerOwner& wanted, const std::string& table) {
    const bool copied = found.project == wanted.project && found.environment == wanted.environment;
    return {
        .kind = ErrorKind::refused,
        .message =
            fmt::format("the ledger in this database belongs to {}/{} in {}, not to {}/{} in {}", found.project,
                        found.environment, found.database_id, wanted.project, wanted.environment, wanted.database_id),
        .advice =
            copied
                ? fmt::format(
                      "if this database took that one's place for good, say so in it: UPDATE {} SET database_id = '{}'",
                      table, wanted.database_id)
                : std::string("check the environment's [database], and the name of the environment")};
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

Result<LedgerState> Ledger::read(const LedgerOwner& owner) const {
    if (auto safe = driver_->ledger_is_safe(*connection_); !safe) return fail(std::move(safe.error()));
    const std::string_view prefix = driver_->info.ledger_prefix;
    const bool schema = prefix.ends_with('.');
    const auto exists =
        driver_->table_exists(*connection_, schema ? prefix.substr(0, prefix.size() - 1) : std::string_view{},
                              schema ? std::string_view("ledger") : fmt::format("{}ledger", prefix));
    if (!exists) return fail(exists.error());
    LedgerState state;
    if (!*exists) return state;

    const auto head = roost::read(
        *connection_,
        fmt::format(
            "SELECT version, project, environment, database_id, (SELECT COALESCE(MAX(id), 0) FROM {0}run), "
            "(SELECT COUNT(*) FROM {0}run WHERE {1} AND state IN ('started', 'committed')), "
            "(SELECT COUNT(*) FROM {0}hold), (SELECT history_rank FROM {0}run WHERE id = (SELECT MAX(id) FROM {0}run "
            "WHERE {1} AND state = 'done' AND event <> 'afterMigrateError')) FROM {0}ledger WHERE {1}",
            prefix, mine()));
    if (!head) return fail(head.error());
    if (head->empty()) {  // its making was cut off before the first row; or it is that of other databases yet
        if (!driver_->info.ledger_is_shared) return state;
        const auto others =
            roost::read(*connection_,
                        fmt::format("SELECT COALESCE(MAX(id), 0), (SELECT COUNT(*) FROM {0}hold) FROM {0}run", prefix));
        if (!others) return fail(others.error());
        state.last_run = number(others->text(0, 0));
        state.holds = number(others->text(0, 1));
        return state;
    }
    if (number(head->text(0, 0)) > ledger_version)
        return fail(
            {.kind = ErrorKind::refused,
             .message = fmt::format("the ledger has layout {}, this roost knows {}", head->text(0, 0), ledger_version),
             .advice = "use the roost that wrote it, or a later one"});
    state.owner = LedgerOwner{head->text(0, 1), head->text(0, 2), head->text(0, 3)};
    if (*state.owner != owner) return fail(foreign(*state.owner, owner, table("ledger")));
    state.last_run = number(head->text(0, 4));
    state.left_over = number(head->text(0, 5));
    state.holds = number(head->text(0, 6));
    state.good_rank = number(head->text(0, 7));

    const auto scripts = roost::read(
        *connection_,
        fmt::format(
            "SELECT s.name, s.checksum FROM {0}step s JOIN (SELECT x.name, MAX(x.run_id) AS run_id FROM {0}step x "
            "JOIN {0}run r ON r.id = x.run_id WHERE {1} AND x.kind = 'script' AND r.state = 'done' GROUP BY x.name) "
            "latest ON latest.name = s.name AND latest.run_id = s.run_id WHERE s.kind = 'script'",
            prefix, mine()));
    if (!scripts) return fail(scripts.error());
    for (std::size_t i = 0; i < scripts->rows.size(); ++i)
        state.good_scripts[scripts->text(i, 0)] = static_cast<std::uint32_t>(number(scripts->text(i, 1)));
    return state;
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

Result<std::vector<LeftOver>> Ledger::left_over() const {
    const auto rows = roost::read(
        *connection_, fmt::format("SELECT r.id, s.state, s.covers FROM {0}run r LEFT JOIN {0}step s ON s.run_id = r.id "
                                  "WHERE {1} AND r.state IN ('started', 'committed') ORDER BY r.id, s.seq",
                                  driver_->info.ledger_prefix, mine()));
    if (!rows) return fail(rows.error());
    std::vector<LeftOver> found;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        const std::int64_t run = number(rows->text(i, 0));
        if (found.empty() || found.back().run != run) found.push_back({.run = run});
        if (rows->text(i, 1) == "done") ++found.back().done;
        if (rows->text(i, 1) == "sent") found.back().sent.push_back(rows->text(i, 2));
    }
    return found;
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
        run.event, run.actor, run.account, run.host, run.roost, or_null(run.schema_version), run.started_at};
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

Result<std::vector<Ledger::Entry>> Ledger::history(std::size_t limit) const {
    std::vector<Entry> entries;
    const auto runs = roost::read(
        *connection_,
        fmt::format("SELECT id, state, event, actor, account, host, roost, schema_version, history_rank, started_at, "
                    "ended_at, error FROM {}run WHERE {} ORDER BY id DESC {}",
                    driver_->info.ledger_prefix, mine(), fmt::format(fmt::runtime(driver_->info.first_rows), limit)));
    if (!runs) return fail(runs.error());
    for (std::size_t i = 0; i < runs->rows.size(); ++i) {
        const auto cell = [&](std::size_t column) { return runs->text(i, column); };
        entries.push_back({Run{number(cell(0)), cell(1), cell(2), cell(3), cell(4), cell(5), cell(6), cell(7),
                               number(cell(8)), cell(9), cell(10), cell(11)},
                           {}});
    }
    if (entries.empty()) return entries;

    const auto steps = roost::read(
        *connection_,
        fmt::format("SELECT run_id, kind, phase, name, checksum, place, covers, started_at, ended_at, state FROM {} "
                    "WHERE run_id >= {} ORDER BY run_id DESC, seq",
                    table("step"), entries.back().run.id));
    if (!steps) return fail(steps.error());
    auto entry = entries.begin();
    for (std::size_t i = 0; i < steps->rows.size(); ++i) {
        const auto cell = [&](std::size_t column) { return steps->text(i, column); };
        const std::int64_t run = number(cell(0));
        while (entry != entries.end() && entry->run.id > run) ++entry;
        if (entry == entries.end()) break;
        if (entry->run.id != run) continue;  // of another database that shares the ledger
        std::optional<std::uint32_t> checksum;
        if (steps->rows[i][4]) checksum = static_cast<std::uint32_t>(number(cell(4)));
        entry->steps.push_back({cell(1), cell(2), cell(3), checksum, cell(5), cell(6), cell(7), cell(8), cell(9)});
    }
    return entries;
}

}  // namespace roost
