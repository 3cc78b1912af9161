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

Result<HistoryBody> latest_runs(const Opened& opened, bool has_ledger, const HistoryOptions& options) {
    HistoryBody body{.entries = {}, .with_steps = options.steps};
    if (!has_ledger) return body;
    const Session& session = *opened.session;
    const auto entries = Ledger(session.driver(), session.connection(), session.facts()).history(options.limit);
    if (!entries) return fail(entries.error());
    for (const Ledger::Entry& entry : *entries) body.entries.push_back(entry_of(entry));
    return body;
}

}  // namespace roost
