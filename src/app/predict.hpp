// What the scripts of a run will do to roles, told before any of them runs.
#pragma once

#include "app/prepare.hpp"
#include "core/foresee.hpp"

namespace roost {

class Prediction {
public:
    // Both must stay.
    Prediction(Prepared& prepared, const Session& session);

    // The scripts of a phase, in the order in which they run: fills in what each statement says and does, and what of
    // it is not understood; adds to `would_fail`, or to `refused` where nothing of it could be taken back, and to the
    // findings.
    void play(Phase phase);
    void carry_out(const std::vector<PlanLine>& declared) { foresight_.carry_out(changes_of(declared)); }
    RoleGraph graph() const { return foresight_.graph(); }

private:
    void play(ReadyScript& ready);
    void fails(const ReadyScript& ready, const Statement& statement, Error error);

    Prepared& prepared_;
    const EngineInfo& info_;
    Foresight foresight_;
    bool unsure_ = false;  // a statement was not understood
    bool failed_ = false;  // what comes behind it will not run
};

std::vector<Change> effects_of(const std::vector<ReadyScript>& scripts);

}  // namespace roost
