// What a command has to say, as one value; the writers turn it into text or JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "core/explain.hpp"
#include "core/plan.hpp"

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

enum class Severity : std::uint8_t { error, warning, note };

// Something that the reader should know. `code` is stable: docs/commands.md lists them.
struct Finding {
    std::string code;
    Severity severity = Severity::warning;
    Error what;
};

struct ScriptLine {
    std::string path;
    bool known = false;  // ran in a good run, unchanged
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
struct EnginesBody {
    struct Engine {
        std::string name, title, driver, package, verified_on, roles, scope, on_failure;
        bool reachable = false;  // the ODBC driver is installed, or none is needed
    };
    std::vector<Engine> engines;
};
struct InitBody {
    std::vector<std::string> written = {};  // files, in the order of their making
    std::string text = {};                  // what to print instead: --grants
    std::string next = {};                  // what to do now
};

using Body = std::variant<std::monostate, PlanBody, MemberBody, ExplainBody, HistoryBody, EnginesBody, InitBody>;

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
};

std::string to_text(const Report& report, const TextStyle& style);  // for standard output; errors are not in it
std::string to_json(const Report& report);                          // the whole envelope, errors too

}  // namespace roost
