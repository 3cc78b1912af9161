#include "app/predict.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace roost {
namespace {

Runner runner_of(const Session& session) {
    return {.account = session.facts().account,
            .maker_is_hidden = session.driver().info.makers_are_members,
            .rows_by_grantor = session.facts().own_grants_alone,
            .options = session.facts().membership_options};
}

}  // namespace

Prediction::Prediction(Prepared& prepared, const Session& session)
    : prepared_(prepared),
      info_(session.driver().info),
      foresight_(prepared.before, session.driver().info.split.roles, runner_of(session)) {}

// Those that run outside come first among role scripts, and last among data scripts.
void Prediction::play(Phase phase) {
    for (const bool outside : {phase == Phase::roles, phase != Phase::roles})
        for (ReadyScript& ready : prepared_.scripts)
            if (ready.script->phase == phase && ready.script->directives.transaction != outside) play(ready);
}

void Prediction::play(ReadyScript& ready) {
    ready.effects.resize(ready.statements.size());
    for (std::size_t i = 0; i < ready.statements.size(); ++i) {
        const Statement& statement = ready.statements[i];
        Foreseen seen;
        seen.opaque = !ready.programs[i];
        if (ready.programs[i]) seen = foresight_.play(*ready.programs[i], unsure_);
        unsure_ = unsure_ || seen.opaque;
        if (!seen.opaque) ready.originals[i].clear();
        ready.recognised[i].changes = std::move(seen.said);
        ready.effects[i] = std::move(seen.effects);
        if (seen.failure) fails(ready, statement, std::move(*seen.failure));
        if (!seen.may_fail.empty())
            prepared_.findings.push_back(
                {.code = "may-fail",
                 .severity = Severity::warning,
                 .what = {.message = fmt::format("may fail: {}", seen.may_fail), .place = statement.place}});
    }
}

void Prediction::fails(const ReadyScript& ready, const Statement& statement, Error error) {
    if (failed_) return;
    failed_ = true;
    error.kind = ErrorKind::refused;
    error.message = "would fail: " + error.message;
    error.place = statement.place;
    const bool undone = info_.transactional_role_ddl && ready.script->directives.transaction;
    (undone ? prepared_.would_fail : prepared_.refused).push_back(std::move(error));
}

std::vector<Change> effects_of(const std::vector<ReadyScript>& scripts) {
    std::vector<Change> changes;
    for (const ReadyScript& ready : scripts)
        for (const auto& effects : ready.effects) std::ranges::copy(effects, std::back_inserter(changes));
    return changes;
}

}  // namespace roost
