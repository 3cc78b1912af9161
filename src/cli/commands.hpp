// The commands as the command line names them, and what each calls.
#pragma once

#include <string>

#include "app/commands.hpp"
#include "cli/options.hpp"

namespace CLI {
class App;
}

namespace roost {

// What was given, with the defaults of what was not.
struct Values {
    Common common;
    ApplyOptions apply;
    PlanOptions plan;
    HistoryOptions history;
    ImportOptions import;
    InitOptions init;
    std::string format = "text";
    std::string event;
    std::string first;
    std::string second;
    int lock_timeout = 15;
    int rehearsal_seconds = 60;
    int valid_hours = 24;
    bool dry_run = false;
    bool all = false;
    Output output;
    Report (*call)(const World& world, const Values& values) = nullptr;  // the command that was named
};

// `values` must outlive the parsing.
void add_commands(CLI::App& app, Values& values);

}  // namespace roost
