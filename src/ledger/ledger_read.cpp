// What the ledger tells: before a run, and of earlier ones.
#include <fmt/format.h>

#include "db/cells.hpp"
#include "ledger/ledger.hpp"

namespace roost {
namespace {

// `correction`: the statement that makes the ledger this database's.
Error foreign(const LedgerOwner& found, const LedgerOwner& wanted, const std::string& correction) {
    const bool copied = found.project == wanted.project && found.environment == wanted.environment;
    return {.kind = ErrorKind::refused,
            .message = fmt::format("the ledger in this database belongs to {}/{} in {}, not to {}/{} in {}",
                                   found.project, found.environment, found.database_id, wanted.project,
                                   wanted.environment, wanted.database_id),
            .advice = copied
                          ? fmt::format("if this database took that one's place for good, say so in it: {}", correction)
                          : std::string("check the environment's [database], and the name of the environment")};
}

}  // namespace

Result<LedgerState> Ledger::read(const LedgerOwner& owner) const {
    if (auto safe = driver_->ledger_is_safe(*connection_); !safe) return fail(std::move(safe.error()));
    const std::string_view prefix = driver_->info.ledger_prefix;
    const bool schema = prefix.ends_with('.');
    const auto exists =
        driver_->find_table(*connection_, schema ? prefix.substr(0, prefix.size() - 1) : std::string_view{},
                            schema ? std::string_view("ledger") : fmt::format("{}ledger", prefix));
    if (!exists) return fail(exists.error());
    if (!*exists) return LedgerState{};

    const auto head = roost::read(
        *connection_,
        fmt::format(
            "SELECT version, project, environment, database_id, (SELECT COALESCE(MAX(id), 0) FROM {0}run), "
            "(SELECT COUNT(*) FROM {0}run WHERE {1} AND state IN ('started', 'committed')), "
            "(SELECT COUNT(*) FROM {0}hold), (SELECT history_rank FROM {0}run WHERE id = (SELECT MAX(id) FROM {0}run "
            "WHERE {1} AND state = 'done' AND event <> 'afterMigrateError')), (SELECT ended_at FROM {0}run WHERE id = "
            "(SELECT MAX(id) FROM {0}run WHERE {1} AND state = 'done' AND event <> 'afterMigrateError')) FROM "
            "{0}ledger WHERE {1}",
            prefix, mine()));
    if (!head) return fail(head.error());
    if (head->empty()) return read_others();
    if (number(head->text(0, 0)) > ledger_version)
        return fail(
            {.kind = ErrorKind::refused,
             .message = fmt::format("the ledger has layout {}, this roost knows {}", head->text(0, 0), ledger_version),
             .advice = "use the roost that wrote it, or a later one"});
    LedgerState state{.owner = LedgerOwner{head->text(0, 1), head->text(0, 2), head->text(0, 3)},
                      .last_run = number(head->text(0, 4)),
                      .left_over = number(head->text(0, 5)),
                      .good_rank = number(head->text(0, 7)),
                      .good_at = head->text(0, 8),
                      .holds = number(head->text(0, 6)),
                      .good_scripts = {}};
    if (*state.owner != owner)
        return fail(foreign(*state.owner, owner,
                            fmt::format("UPDATE {} SET database_id = {} WHERE {}", table("ledger"),
                                        driver_->names.literal(owner.database_id), mine())));
    auto scripts = good_scripts();
    if (!scripts) return fail(std::move(scripts.error()));
    state.good_scripts = std::move(*scripts);
    return state;
}

// A ledger without a row of ours: its making was cut off before that; or it is that of other databases yet.
Result<LedgerState> Ledger::read_others() const {
    if (!driver_->info.ledger_is_shared) return LedgerState{};
    const auto others =
        roost::read(*connection_, fmt::format("SELECT COALESCE(MAX(id), 0), (SELECT COUNT(*) FROM {0}hold) FROM {0}run",
                                              driver_->info.ledger_prefix));
    if (!others) return fail(others.error());
    return LedgerState{
        .owner = {}, .last_run = number(others->text(0, 0)), .holds = number(others->text(0, 1)), .good_scripts = {}};
}

Result<std::map<std::string, std::uint32_t>> Ledger::good_scripts() const {
    const auto rows = roost::read(
        *connection_,
        fmt::format(
            "SELECT s.name, s.checksum FROM {0}step s JOIN (SELECT x.name, MAX(x.run_id) AS run_id FROM {0}step x "
            "JOIN {0}run r ON r.id = x.run_id WHERE {1} AND x.kind = 'script' AND r.state = 'done' GROUP BY x.name) "
            "latest ON latest.name = s.name AND latest.run_id = s.run_id WHERE s.kind = 'script'",
            driver_->info.ledger_prefix, mine()));
    if (!rows) return fail(rows.error());
    std::map<std::string, std::uint32_t> found;
    for (std::size_t i = 0; i < rows->rows.size(); ++i)
        found[rows->text(i, 0)] = static_cast<std::uint32_t>(number(rows->text(i, 1)));
    return found;
}

Result<std::map<std::string, std::string>> Ledger::membership_changes() const {
    const auto rows = roost::read(
        *connection_, fmt::format("SELECT s.name, MAX(s.ended_at) FROM {0}step s JOIN {0}run r ON r.id = s.run_id "
                                  "WHERE {1} AND s.kind = 'declared' AND s.phase = 'memberships' AND s.state = 'done' "
                                  "GROUP BY s.name",
                                  driver_->info.ledger_prefix, mine()));
    if (!rows) return fail(rows.error());
    std::map<std::string, std::string> found;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) found[rows->text(i, 0)] = rows->text(i, 1);
    return found;
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

Result<std::int64_t> Ledger::run_of_plan(const std::string& id) const {
    const auto rows = roost::read(
        *connection_,
        fmt::format("SELECT COALESCE(MAX(s.run_id), 0) FROM {0}step s JOIN {0}run r ON r.id = s.run_id WHERE {1} AND "
                    "s.kind = 'plan' AND s.name = {2}",
                    driver_->info.ledger_prefix, mine(), driver_->names.literal(id)));
    if (!rows) return fail(rows.error());
    return number(rows->text(0, 0));
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
