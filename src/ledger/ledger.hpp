// The ledger: what roost did to this database, kept in it. Layout and states: docs/ledger.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "db/driver.hpp"

namespace roost {

inline constexpr int ledger_version = 1;

// Whose the ledger is: one environment of one project, in one database.
struct LedgerOwner {
    std::string project;
    std::string environment;
    std::string database_id;
    bool operator==(const LedgerOwner&) const = default;
};

// A run as it stands in the ledger. Times are ISO 8601, UTC. States: started, committed (only scripts outside the
// transaction are left), done, failed, abandoned.
struct Run {
    std::int64_t id = 0;
    std::string state = "started";
    std::string event;
    std::string actor;
    std::string account;
    std::string host;
    std::string roost;           // the program's version
    std::string schema_version;  // empty: none known
    std::int64_t history_rank = 0;
    std::string started_at;
    std::string ended_at = {};  // empty: not ended
    std::string error = {};
};

// One thing a run did: a script, a declared change, or that it took a saved plan. `covers` says what in words, secrets
// left as ${…}. States: done; where nothing rolls back also sent (under way: written before it is sent, it may have
// been done or not), failed, and unsent (it stood in the journal behind one that failed).
struct Step {
    std::string kind;  // "script", "declared" or "plan"
    std::string phase;
    std::string name;                                      // a script's path; a declared change's role; a plan's id
    std::optional<std::uint32_t> checksum = std::nullopt;  // of a script
    std::string place;
    std::string covers;
    std::string started_at;
    std::string ended_at = {};
    std::string state = "done";
};

// A run that a process left behind when it died, and what its journal says.
struct LeftOver {
    std::int64_t run = 0;
    std::size_t done = 0;                // steps
    std::vector<std::string> sent = {};  // what was under way, in words
};

// What a run must know before it starts.
struct LedgerState {
    std::optional<LedgerOwner> owner;                   // nullopt: there is no ledger yet
    std::int64_t last_run = 0;                          // highest id; 0: none
    std::int64_t left_over = 0;                         // runs not ended: of a process that died, once the lock is ours
    std::int64_t good_rank = 0;                         // history rank of the latest good run; 0: none yet
    std::string good_at = {};                           // when that one ended; empty: none yet
    std::int64_t holds = 0;                             // kill switches that a later version of roost has set
    std::map<std::string, std::uint32_t> good_scripts;  // path -> checksum in the last good run that ran it
};

class Ledger {
public:
    Ledger(const Driver& driver, Connection& connection, const ServerFacts& facts)
        : driver_(&driver), connection_(&connection), database_(facts.database) {}

    // Refuses a ledger of a later layout, one that belongs to another environment or database, and one in tables that
    // somebody else made: a fixed number of queries.
    Result<LedgerState> read(const LedgerOwner& owner) const;
    // Makes the tables where they are missing; committed at once.
    Result<void> create(const LedgerOwner& owner, const std::string& now) const;
    // The tables alone; part of the caller's transaction, where there is one and the engine has transactional DDL.
    Result<void> make_tables() const;
    // The runs that are not ended; to be asked with the lock held, else they may be under way.
    Result<std::vector<LeftOver>> left_over() const;
    // Marks what a dead process left as abandoned, then writes the run's row; committed at once, before anything else
    // is changed.
    Result<void> start(const Run& run, bool left_over) const;
    // Writes steps of a run after `first` earlier ones, many rows to a statement; part of the caller's transaction.
    Result<void> record(std::int64_t run, std::size_t first, std::span<const Step> steps) const;
    // Sets the state of those of a run's steps that are `sent`, from number `from` to `to` (from 1, both included).
    Result<void> end_steps(std::int64_t run, std::size_t from, std::size_t to, const std::string& state,
                           const std::string& now, const std::string& error) const;
    // Sets a run's state, part of the caller's transaction, where there is one. `now` is empty where the run goes on.
    Result<void> set_state(std::int64_t run, const std::string& state, const std::string& now,
                           const std::string& error) const;

    // The run that applied the saved plan of this id, or began to where nothing rolls back; 0: none did.
    Result<std::int64_t> run_of_plan(const std::string& id) const;

    // The latest runs, newest first, at most `limit`, and the steps of each.
    struct Entry {
        Run run;
        std::vector<Step> steps;
    };
    Result<std::vector<Entry>> history(std::size_t limit) const;

    // When roost last changed who is in a role, by role: steps that are done, also of runs that failed after them.
    Result<std::map<std::string, std::string>> membership_changes() const;

private:
    Result<LedgerState> read_others() const;
    // Path and checksum of each script in the last good run that ran it.
    Result<std::map<std::string, std::uint32_t>> good_scripts() const;
    Result<void> write_owner(const LedgerOwner& owner, const std::string& now) const;
    Result<void> abandon(const std::string& now) const;
    std::string table(std::string_view name) const;
    std::string mine() const;  // a condition on `ledger` and `run`: the rows of this database
    const Driver* driver_;
    Connection* connection_;
    std::string database_;
};

}  // namespace roost
