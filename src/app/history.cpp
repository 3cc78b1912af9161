#include "app/commands.hpp"
#include "app/open.hpp"
#include "ledger/ledger.hpp"

namespace roost {
namespace {

HistoryBody::Entry entry_of(const Ledger::Entry& entry) {
    const Run& run = entry.run;
    HistoryBody::Entry out{.id = run.id,
                           .state = run.state,
                           .event = run.event,
                           .actor = run.actor,
                           .account = run.account,
                           .host = run.host,
                           .roost = run.roost,
                           .schema_version = run.schema_version,
                           .started_at = run.started_at,
                           .ended_at = run.ended_at,
                           .error = run.error,
                           .steps = {}};
    for (const Step& step : entry.steps)
        out.steps.push_back(
            {step.kind, step.phase, step.name, step.place, step.covers, step.started_at, step.ended_at, step.state});
    return out;
}

}  // namespace

Report history(const World& world, const Common& common, const HistoryOptions& options) {
    Report report{.command = "history"};
    auto opened = open(world, common, report);
    if (!opened) return report;
    const Session& session = *opened->session;
    const Ledger ledger(session.driver(), session.connection(), session.facts());
    const auto state = ledger.read({opened->loaded->project.name, common.environment, session.facts().database_id});
    if (!state) return closed(world, std::move(report), *opened, {state.error()});

    HistoryBody body{.entries = {}, .with_steps = options.steps};
    if (state->owner) {
        const auto entries = ledger.history(options.limit);
        if (!entries) return closed(world, std::move(report), *opened, {entries.error()});
        for (const Ledger::Entry& entry : *entries) body.entries.push_back(entry_of(entry));
    }
    report.body = std::move(body);
    return closed(world, std::move(report), *opened, {});
}

}  // namespace roost
