// The commands: options in, a report out. None prints, none exits.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "app/prepare.hpp"
#include "app/world.hpp"
#include "report/report.hpp"

namespace roost {

struct Common {
    std::filesystem::path directory;  // where to look for roost.toml, upwards
    std::string environment;
    std::chrono::milliseconds lock_wait{15000};  // for roost's lock, and for locks of other sessions
};

Report plan(const World& world, const Common& common, const Choices& choices);

struct ApplyOptions {
    Choices choices;
    std::string actor;  // empty: the pipeline's or the system's user
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
};
Report history(const World& world, const Common& common, const HistoryOptions& options);

Report engines(const World& world);

struct InitOptions {
    std::filesystem::path directory;
    std::string engine;
    std::string name;     // of the project; empty: the folder's
    bool grants = false;  // print the least rights instead
};
Report init(const World& world, const InitOptions& options);

// The exit status that errors ask for: 130, 64, 3 or 1; 0 for none.
int status_of(const Errors& errors);

}  // namespace roost
