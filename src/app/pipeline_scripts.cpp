// The scripts of a run: inside its transaction, step by step, or outside.
#include <algorithm>

#include "app/objections.hpp"
#include "app/pipeline.hpp"

namespace roost {
namespace {

bool runs_outside(const ReadyScript& ready, Phase phase) {
    return ready.script->phase == phase && !ready.script->directives.transaction;
}

}  // namespace

bool Pipeline::has_outside(Phase phase) const {
    return std::ranges::any_of(prepared_.scripts, [&](const ReadyScript& ready) { return runs_outside(ready, phase); });
}

// Scripts with `transaction = off`, each once however often the run starts over.
Pipeline::Done Pipeline::outside(Phase phase) {
    if (!has_outside(phase)) return {};
    if (auto remembered = from(script_run_.remember()); !remembered) return remembered;
    for (const ReadyScript& ready : prepared_.scripts) {
        if (!runs_outside(ready, phase) || ran_outside_.contains(ready.script->path)) continue;
        if (auto ran = outside_script(ready); !ran) return ran;
        ran_outside_.insert(ready.script->path);
    }
    return {};
}

// It is in the ledger as soon as it ran, and looked at by itself: nothing takes back what it did.
Pipeline::Done Pipeline::outside_script(const ReadyScript& ready) {
    if (auto held = from(session_.still_locked()); !held) return held;
    RoleGraph before;
    RoleGraph after;
    if (auto read = read_graph(session_.connection(), before); !read) return read;
    const Send send = [&] { return script_run_.run(ready); };
    if (auto ran = from(journal_.carry_out_outside(script_run_.step_of(ready), send)); !ran) return ran;
    if (auto read = read_graph(session_.connection(), after); !read) return read;
    return unless(strays_of(ready, before, after, Suspected::everything));
}

Errors Pipeline::strays_of(const ReadyScript& ready, const RoleGraph& before, const RoleGraph& after,
                           Suspected suspected) const {
    Errors errors = strayed_errors(before, after, before, prepared_, suspected);
    for (Error& error : errors) {
        error.place = {.file = ready.script->path};
        error.advice += "; it ran outside of a transaction, and is not taken back";
    }
    return errors;
}

// The scripts of a phase, then the graph as it is after them; unread where none ran.
Pipeline::Done Pipeline::scripts(Phase phase, RoleGraph& graph) {
    bool any = false;
    for (const ReadyScript& ready : prepared_.scripts) {
        if (ready.script->phase != phase || !ready.script->directives.transaction) continue;
        if (!once()) {
            if (auto ran = watched_script(ready, graph); !ran) return ran;
            if (auto seen = after_script_ ? after_script_(ready) : Done(); !seen) return seen;
            continue;
        }
        const Send send = [&] { return script_run_.run(ready); };
        if (auto ran = from(journal_.carry_out(script_run_.step_of(ready), send)); !ran) return ran;
        if (auto seen = after_script_ ? after_script_(ready) : Done(); !seen) return seen;
        any = true;
    }
    if (!any || phase == Phase::data) return {};
    return read_graph(session_.connection(), graph);
}

// Where the run is no single transaction, what a script changed is there for all to see: it is looked at by itself,
// before anything is built on it. `graph` goes from before it to after it. A script that is understood was looked at by
// the plan: what else changed meanwhile was others' doing.
Pipeline::Done Pipeline::watched_script(const ReadyScript& ready, RoleGraph& graph) {
    const Send send = [&]() -> Result<void> {
        if (auto remembered = script_run_.remember(); !remembered) return remembered;
        return script_run_.run(ready);
    };
    if (auto ran = from(journal_.carry_out(script_run_.step_of(ready), send)); !ran) return ran;
    const RoleGraph before = std::move(graph);
    if (auto read = read_graph(session_.connection(), graph); !read) return read;
    return unless(strays_of(ready, before, graph, has_opaque(ready) ? Suspected::everything : Suspected::attributes));
}

}  // namespace roost
