// How every command starts and ends.
#pragma once

#include <memory>
#include <optional>

#include "app/commands.hpp"
#include "app/load.hpp"
#include "app/prepare.hpp"
#include "app/session.hpp"
#include "report/report.hpp"

namespace roost {

struct Opened {
    std::unique_ptr<Loaded> loaded;  // behind a pointer: the session refers to it
    std::unique_ptr<Session> session;
    bool with_history = false;  // the latest runs are told too: a report goes into a file
};

// Loads and connects, with a session that cannot write where the engine has one and `access` is read. nullopt: it
// failed, and the report holds the errors and the status.
std::optional<Opened> open(const World& world, const Common& common, Report& report, Access access);
// As `open`, of what is loaded already.
std::optional<Opened> open_loaded(const World& world, const Common& common, Report& report, Loaded loaded,
                                  Access access);

// A name of the command line as the engine's dictionary spells it; a person's account, where there is one account.
Result<std::string> principal_named(const Opened& opened, const std::string& name);

// Ends a report: errors with the driver's advice and without secrets, the status they ask for, the round trips.
Report closed(const World& world, Report report, const Opened& opened, Errors errors);

// What a run is about: schema version, findings.
void describe_run(Report& report, const Prepared& prepared);
// The latest runs of the ledger, where there is one.
Result<HistoryBody> latest_runs(const Opened& opened, bool has_ledger, const HistoryOptions& options);
// Adds them where a report goes into a file; to the errors why they cannot be read.
void add_history(PlanBody& body, Errors& errors, const Opened& opened, const Prepared& prepared);
// What the plan would send of what is declared, in order: as the run sends it, marks and all.
std::vector<std::string> declared_statements(const Opened& opened, const Prepared& prepared);
PlanBody plan_body(const Opened& opened, const Prepared& prepared);
// Everything that stands against a run; taken out of `prepared`.
Errors objections_of(Prepared& prepared);

}  // namespace roost
