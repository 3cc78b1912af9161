// What a command has to say, as one value; the writers turn it into text or JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "core/explain.hpp"
#include "core/finding.hpp"
#include "core/migration_row.hpp"
#include "core/picture.hpp"
#include "core/plan.hpp"
#include "core/script_form.hpp"

namespace roost {

// Where a run happened. Empty fields are not known (a run that failed before it got there).
struct RunHeader {
    std::string project = {};
    std::string environment = {};
    std::string engine = {};  // "PostgreSQL"
    std::string engine_version = {};
    std::string roles = {};  // "native" or "emulated"
    std::string database = {};
    std::string account = {};
    std::string schema_version = {};
    std::uint64_t round_trips = 0;
};

struct ScriptLine {
    std::string path;
    bool known = false;  // ran in a good run, unchanged
};

// A statement of a plan as it would be sent, secrets left as ${…}.
struct SqlStatement {
    std::string sql;
    std::string about;    // "callbacks/…/afterMigrate__010_roles.sql:3:1", or the declared change in words
    bool script = false;  // one of the user's
    bool in_transaction = true;
    bool leaves_out = false;  // a secret is left out of it, as ${name} or as ***
};

// What trying the scripts in a transaction that was rolled back has shown.
struct RehearsalResult {
    bool done = false;
    std::vector<std::string> proven;      // in words: "roles and memberships: the second time nothing changed"
    std::vector<std::string> not_proven;  // "data: …"
};

struct HistoryBody {
    struct Step {
        std::string kind, phase, name, place, covers, started_at, ended_at, state;
    };
    struct Entry {
        std::int64_t id = 0;
        std::string state, event, actor, account, host, roost, schema_version, started_at, ended_at, error;
        std::vector<Step> steps;
    };
    std::vector<Entry> entries;
    bool with_steps = false;
};

// plan, apply and check: what differs, or what was done about it.
struct PlanBody {
    std::vector<PlanLine> lines;
    std::vector<ScriptLine> scripts;  // those that run, in order
    bool differs = false;
    bool applied = false;  // committed
    bool partly = false;   // not committed as a whole, but some of it is done and stays
    bool declares = true;  // not for afterMigrateError
    std::int64_t run = 0;  // the ledger's number; 0: nothing was written
    Picture picture = {};
    std::vector<SqlStatement> sql = {};  // in the order in which they run; empty for check
    ScriptForm script_form = {};
    RehearsalResult rehearsal = {};
    HistoryBody history = {};  // the last runs, newest first; may be empty
};
struct MemberBody {
    std::string role;
    std::string principal;
    bool member = false;
};
struct ExplainBody {
    std::string user;
    std::string toggle;  // empty: a role was asked for
    std::string role;
    std::string about = {};  // the description and owner that roost.toml gives
    bool superuser = false;  // has the rights of every role, which makes nobody a member
    struct Edge {
        std::string role;
        std::string member;
        bool inherit = true;
    };
    struct Path {
        std::vector<Edge> edges;
        bool effective = true;
    };
    std::vector<Path> paths = {};
    bool more = false;
    bool effective = false;
    std::vector<Edge> cuts = {};
    std::vector<Edge> all_of = {};
};
// Toggles by environment.
struct StatusBody {
    struct Toggle {
        std::string name, role, owner;
        std::string state;              // "on", "off", "unset" (not set here), "missing" (its role is not there)
        std::vector<std::string> on;    // direct members
        std::size_t users = 0;          // log-in users that have it, directly or by inheritance
        std::size_t not_effective = 0;  // of those, members that do not have its rights without doing something
        std::string since;              // when roost last changed its membership; empty: not known
        std::string expires;            // "2027-03-31"; empty: never
        bool stale = false;             // past that date
    };
    struct Environment {
        RunHeader header;
        std::vector<Toggle> toggles;
        Errors errors = {};                  // why it could not be asked
        std::vector<Finding> findings = {};  // also in the report
    };
    std::vector<Environment> environments;
};
struct EnginesBody {
    struct Engine {
        std::string name, title, driver, package, verified_on, roles, scope, on_failure;
        bool reachable = false;  // the ODBC driver is installed, or none is needed
    };
    std::vector<Engine> engines;
};
// Flyway's migrations, in the order and the words of `flyway info`.
struct MigrationsBody {
    std::vector<MigrationRow> rows;
};
struct InitBody {
    std::vector<std::string> written = {};  // files, in the order of their making
    std::string text = {};                  // what to print instead: --grants
    std::string next = {};                  // what to do now
};

using Body = std::variant<std::monostate, PlanBody, MemberBody, ExplainBody, HistoryBody, MigrationsBody, StatusBody,
                          EnginesBody, InitBody>;

struct Report {
    std::string command;
    RunHeader header = {};
    Body body = {};
    std::vector<Finding> findings = {};
    Errors errors = {};  // may be empty, unlike an error result
    int status = 0;      // the process's exit status
};

struct TextStyle {
    bool colour = false;
    std::size_t columns = 0;  // of the terminal; longer lines are broken where a blank is. 0: nothing is broken
    bool whole = false;       // findings and errors too: for a file, as a terminal has them on standard error
};

std::string to_text(const Report& report, const TextStyle& style);  // for standard output; errors are not in it
std::string to_json(const Report& report);                          // the whole envelope, errors too
std::string to_markdown(const Report& report);                      // for a merge request
std::string to_html(const Report& report);                          // one file, no network
// Of plan, apply and check alone; of others an error of kind usage.
Result<std::string> to_sql(const Report& report);    // what the engine's own client can run
Result<std::string> to_junit(const Report& report);  // each finding a test that failed

}  // namespace roost
