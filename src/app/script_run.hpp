// Runs scripts, and sees to it that none leaves the session changed.
#pragma once

#include "app/prepare.hpp"
#include "app/session.hpp"
#include "app/world.hpp"
#include "ledger/ledger.hpp"

namespace roost {

class ScriptRun {
public:
    ScriptRun(const World& world, const Session& session) : world_(world), session_(session) {}

    // What the session must be again after each script: to be called before the first one, and after each begin. It
    // also prepares the session for the run's own statements.
    Result<void> remember();
    // The error has the statement's place, or the script's.
    Result<void> run(const ReadyScript& ready) const;
    Step step_of(const ReadyScript& ready) const;  // what the ledger is to hold of it

private:
    const World& world_;
    const Session& session_;
    SessionState state_;
};

}  // namespace roost
