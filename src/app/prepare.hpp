// What plan and apply share up to the last step: everything that is known before anything is changed.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/load.hpp"
#include "app/session.hpp"
#include "core/guards.hpp"
#include "core/hidden.hpp"
#include "core/placeholders.hpp"
#include "core/plan.hpp"
#include "core/program.hpp"
#include "core/verify.hpp"
#include "history/flyway.hpp"
#include "ledger/ledger.hpp"

namespace roost {

struct Choices {
    std::optional<Event> event;  // --event; nullopt: as the history says
    bool adopt = false;
};

// A script that will run, read and split.
struct ReadyScript {
    const Script* script = nullptr;
    std::uint32_t checksum = 0;  // of the text after substitution, secrets left as ${…}
    std::vector<Statement> statements = {};
    std::vector<ScriptStatement> recognised = {};     // one for each statement
    std::vector<std::optional<Deeds>> programs = {};  // what each does; nullopt: it is not understood
    std::vector<std::string> shown = {};              // each as it is sent, secrets left as ${…}
    std::vector<Hidden> hidden = {};                  // what secrets make up of each
    std::vector<std::string> originals = {};          // the first line of each that is not understood, as written
    std::vector<std::vector<Change>> effects = {};    // of each statement, on what those before it left
    bool known = false;                               // ran in a good run, unchanged
};
// Whether it holds a statement that is not understood.
bool has_opaque(const ReadyScript& ready);
// Recognised changes that have an effect, and every statement that is not understood.
std::vector<PlanLine> lines_of(const ReadyScript& ready);

struct Prepared {
    History history;
    Event event = Event::afterMigrate;
    LedgerOwner owner;
    LedgerState ledger;
    Declared declared;
    std::vector<ReadyScript> scripts;
    std::set<std::string> touched;  // principals that the scripts may alter
    RoleGraph before;
    std::vector<PlanLine> plan;          // predicted, opaque and declared lines in the order in which they run
    bool puts_off_marks = false;         // the plan is without the marks of roles that are as declared: apply sets them
    std::vector<PlanLine> drift;         // declared lines alone, against the roles as they are now
    std::vector<Error> history_refused;  // why nothing declared may be applied: what the migration history says
    std::vector<Error> refused;          // why nothing may run at all; `protected` is apply's own
    std::vector<Error> would_fail;       // statements that will fail, and the run with them, which is taken back
    std::vector<Finding> findings;
};

// Reads history, ledger, scripts and roles: a fixed number of queries, nothing written. Errors: what makes a plan
// impossible.
std::expected<Prepared, Errors> prepare(const World& world, const Loaded& loaded, const Session& session,
                                        const Choices& choices);

inline constexpr const char* missing_principal = "missing-principal";  // a finding's code

bool differs(const Prepared& prepared);  // a change, or a script that is new or changed

std::vector<ScriptStatement> statements_of(const std::vector<ReadyScript>& scripts);
// What is to hold of the declaration in this graph: in its names, less missing members where the policy only warns.
Declared wanted(const Declared& declared, const RoleGraph& graph, const GuardPolicy& policy);
GuardPolicy guard_policy(const Loaded& loaded, const Choices& choices);

}  // namespace roost
