// The commands: options in, a report out. None prints, none exits.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "app/prepare.hpp"
#include "app/world.hpp"
#include "report/report.hpp"

namespace roost {

struct Common {
    std::filesystem::path directory;  // where to look for roost.toml, upwards
    std::string environment;
    bool with_history = false;                   // tell the latest runs too, where a report goes into a file
    std::chrono::milliseconds lock_wait{15000};  // for roost's lock, and for locks of other sessions
};

struct PlanOptions {
    Choices choices = {};
    bool rehearse = false;  // try the scripts in a transaction that is rolled back
    std::chrono::seconds rehearsal_limit{60};
    std::filesystem::path out = {};  // where to save the plan; empty: nowhere
    std::chrono::hours valid{24};    // how long a saved plan can be applied
    std::string actor = {};          // as in ApplyOptions
};
Report plan(const World& world, const Common& common, const PlanOptions& options);

struct ApplyOptions {
    Choices choices = {};
    std::string actor = {};                 // empty: the pipeline's or the system's user
    std::filesystem::path plan = {};        // apply exactly this saved plan; empty: whatever is declared
    std::string plan_id = {};               // of that plan, as the ledger is to know it
    std::vector<std::string> planned = {};  // what it would send of what is declared, in order
    bool prove = false;                     // run the scripts twice, and compare
};
Report apply(const World& world, const Common& common, const ApplyOptions& options);

Report check(const World& world, const Common& common);
// `principal` empty: the account that is connected.
Report member(const World& world, const Common& common, const std::string& role, const std::string& principal);
// `what` is a toggle, or a role.
Report explain_membership(const World& world, const Common& common, const std::string& user, const std::string& what);

struct HistoryOptions {
    std::size_t limit = 20;
    bool steps = false;
    bool migrations = false;  // Flyway's migrations instead of roost's runs
};
Report history(const World& world, const Common& common, const HistoryOptions& options);

// Of one environment, or of all that there are.
Report status(const World& world, const Common& common, bool all);

struct ImportOptions {
    std::string url;   // empty: the environment's file says where
    std::string user;  // with a url alone
    std::string name;  // of a new project; empty: the folder's
};
// Writes roost.toml and environments/ENV.toml from what the database holds.
Report import_database(const World& world, const Common& common, const ImportOptions& options);

// Writes SQL callbacks of Flyway's into `folder` that do what the environment declares. Connects to nothing.
Report render(const World& world, const Common& common, const std::filesystem::path& folder);

Report engines(const World& world);

struct InitOptions {
    std::filesystem::path directory;
    std::string engine;         // empty: with `flyway` its url's, else the embedded one
    std::string name;           // of the project; empty: the folder's
    bool grants = false;        // print the least rights instead
    bool flyway = false;        // write Flyway's script callbacks, and what else is missing
    std::string flyway_folder;  // one of Flyway's locations; empty: the first that flyway.toml names, else sql
    bool powershell = false;    // .ps1 instead of .sh
};
Report init(const World& world, const InitOptions& options);

// The exit status that errors ask for: 130, 64, 3 or 1; 0 for none.
int status_of(const Errors& errors);
// Ends a report that came to nothing before there was a connection: with the errors, and the status they ask for.
Report failed(Report report, Errors errors);

}  // namespace roost
