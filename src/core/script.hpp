// A callback script: found by its name, read with its directives, split into statements with places.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost {

enum class Phase : std::uint8_t { roles, memberships, data };
enum class Event : std::uint8_t { afterMigrate, afterMigrateApplied, afterMigrateError };
std::string_view to_string(Phase phase);
std::string_view to_string(Event event);
std::optional<Event> event_named(std::string_view name);

// From the leading comments: `-- roost: key = value`.
struct Directives {
    std::vector<std::string> environments;  // "dev", "!prod"; empty: all. Either all plain or all with "!".
    std::optional<std::string> needs;       // requires = "5.2": skipped below this schema version
    std::vector<std::string> touches;       // principals that it may alter although they are not managed
    bool transaction = true;                // off: runs outside the run's transaction; role and data scripts only
};

struct Script {
    Phase phase = Phase::roles;
    Event event = Event::afterMigrate;
    std::string description;  // as in the file name, "_" read as a blank; empty for a bare event
    std::string path;         // as shown to the user: relative to the project's folder
    std::string text;         // UTF-8, byte-order mark dropped
    Directives directives;
};

// A file that was found below callbacks/, in path order.
struct ScriptFile {
    std::string path;  // relative to the project's folder: callbacks/<engine or any>/<phase>[/<environment>]/<name>
    std::string text;
};

// A file that stands among the scripts and is none: a dotfile, a README or another .md. Need not be read.
bool is_ignored(std::string_view name);

// Reads names, folders and directives of the files and orders what belongs to `engine` and `environment`: by phase,
// then event (afterMigrateApplied before afterMigrate), then description, one without a description first. `engines`
// are the known engine names and `environments` the known environments (the names of the files in environments/): any
// other folder, an unknown directive, a name twice in a phase, a file that is no callback, text that is not UTF-8:
// errors, all of them, in path order. Files of other engines and environments are checked for their names as well, and
// left out.
std::expected<std::vector<Script>, Errors> discover(const std::vector<ScriptFile>& files, std::string_view engine,
                                                    std::string_view environment,
                                                    const std::vector<std::string>& engines,
                                                    const std::vector<std::string>& environments);

// Whether the directive `environments` lets the script run in this environment.
bool runs_in(const Script& script, std::string_view environment);

}  // namespace roost
