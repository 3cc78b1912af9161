// roost.toml and environments/ENV.toml as values. docs/configuration.md describes every key.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/declared.hpp"
#include "core/error.hpp"
#include "core/placeholders.hpp"
#include "core/secret.hpp"
#include "core/version.hpp"

namespace roost {

struct RoleSetting {
    std::string name;  // as written
    std::string description;
    Place place;
};
struct ToggleSetting {
    std::string name;
    std::string role;  // default: the toggle's name
    std::string description;
    std::string owner;
    std::optional<Version> needs;  // requires = "5.2"
    std::string expires;           // "2027-03-31": stale from that day on, UTC; empty: never
    Place place;
};
struct Project {
    std::string name;
    std::vector<RoleSetting> roles;      // in the order of their names, bytewise
    std::vector<ToggleSetting> toggles;  // likewise
    const ToggleSetting* toggle(std::string_view name) const;
};

struct MemberSetting {
    std::string name;  // as written
    Options options;   // only what is written is stated
    Place place;
};
struct MembershipSetting {  // of [memberships]: role; of [toggles.X] on = […]: toggle
    std::string name;
    std::vector<MemberSetting> members;
    Place place;  // of the key
};

// unset: flyway where its table is found
enum class MigrationTool : std::uint8_t {
    unset,
    flyway,
    liquibase,
    golang_migrate,
    dbmate,
    alembic,
    efcore,
    sqitch,
    none
};
std::string_view name_of(MigrationTool tool);  // as in migrations.tool; "flyway" of one that is unset
struct Policy {
    std::optional<bool> is_protected;  // an environment called prod or production must say
    std::uint32_t max_revocations = 50;
    bool missing_is_error = true;
};
struct PlaceholderSetting {
    std::string value;     // resolved
    bool secret = false;   // holds something from ${env.…}
    bool flyways = false;  // Flyway is told it itself
};
// What Flyway is told and roost reads, as far as it has no other place.
struct FlywaySetting {
    bool called = false;      // Flyway called us: roost runs in one of its script callbacks
    bool gave_url = false;    // by a variable: what is relative in it is so to the folder in which roost was called
    std::string environment;  // its name for this environment; empty: it has none
    std::vector<std::pair<std::string, Secret>> properties;  // of the JDBC driver, for the url
    std::vector<std::string> notes;                          // where each value came from, for people
    bool elsewhere = false;                                  // Flyway called us from another database than ours
    std::vector<std::string> locations;                      // empty: Flyway is told none
    std::string target;                                      // as Flyway has it; empty: the latest
    std::string prefix = "V";                                // of the names of versioned migrations
    std::string repeatable_prefix = "R";
    std::string baseline_prefix = "B";
    std::string separator = "__";
    std::vector<std::string> suffixes = {".sql"};
    bool out_of_order = false;
};
using Accounts = std::map<std::string, std::vector<std::string>, std::less<>>;  // a person's accounts, as written
struct Environment {
    std::string name;    // of the file
    std::string engine;  // only with odbc; else the URL tells
    Secret url;
    Secret odbc;
    std::string user;
    Secret password;
    std::string lock_database = "postgres";
    Place database_place;

    MigrationTool tool = MigrationTool::unset;
    std::string table = "flyway_schema_history";  // counts for Flyway, and where it was named
    bool table_named = false;                     // by [migrations]
    std::string schema;                           // empty: the tool's own, which mostly is the connection's
    std::optional<Version> minimum;

    FlywaySetting flyway;
    std::map<std::string, PlaceholderSetting> placeholders;  // names in lower case
    PlaceholderForm placeholder_form;
    Accounts accounts;                           // in the lists of members put in place already
    std::vector<MembershipSetting> memberships;  // by role, bytewise
    std::vector<MembershipSetting> toggles;      // by toggle, bytewise
    Policy policy;
};

struct File {
    std::string path;  // as shown to the user
    std::string text;
};

// What configuration is read from besides the files' text. `read_file` is for password_file, relative to the project's
// folder; `run` is for password_command: program and arguments, no shell.
struct Surroundings {
    ProcessVariables variables;
    std::function<Result<std::string>(const std::string& path)> read_file;
    std::function<Result<std::string>(const std::vector<std::string>& command)> run;
    std::vector<std::string> engines = {};  // the names that database.engine can have
    bool offline = false;  // nothing is to connect: no password is settled, an unset variable stays as it is written
    // Flyway's configuration files, in the order in which it reads them: those that are named, else where Flyway looks.
    std::function<std::expected<std::vector<File>, Errors>(const std::vector<std::string>& named)> flyway_files =
        [](const auto&) { return std::vector<File>(); };
};

// Each gives every error of its file at once, in the order of places.
std::expected<Project, Errors> read_project(const File& file);
std::expected<Environment, Errors> read_environment(std::string_view name, const File& file, const Project& project,
                                                    const Surroundings& surroundings);

// Whether Flyway runs us as one of its script callbacks.
bool is_flyway_callback(const ProcessVariables& variables);

// What a project that Flyway has already can be begun with.
struct FlywayHints {
    std::vector<std::string> locations;  // for all environments; empty: none is named
    std::string environment;             // the first that has a url; empty: none has
    std::string url;                     // its
    bool any_file = false;
};
std::expected<FlywayHints, Errors> flyway_hints(const std::vector<File>& files, const ProcessVariables& variables);

// A name as the engine spells it; an error for one that it cannot hold.
using Canonical = std::function<Result<std::string>(std::string_view name)>;
struct Spelling {
    Canonical principal;
    Canonical role;
};
// The declared state: names canonical, toggles resolved to their roles, toggles whose `requires` the schema version
// does not reach off, with the reason. Errors: names the engine refuses, two names that are one to the engine, an
// option the engine does not have (`membership_options`), two sources for one role's membership.
std::expected<Declared, Errors> declare(const Project& project, const Environment& environment, const Mark& owner,
                                        const std::optional<Version>& schema_version, const Spelling& spelling,
                                        std::uint32_t membership_options, std::string_view engine_title);
// Whether the environment says who is on: under the toggle's name, or under its role's in [memberships]. `as_role` is
// the engine's spelling of a role's name.
bool is_set(const Environment& environment, const ToggleSetting& toggle, const Canonical& as_role);

}  // namespace roost
