#include "app/commands.hpp"
#include "app/open.hpp"
#include "ledger/ledger.hpp"

namespace roost {
Report history(const World& world, const Common& common, const HistoryOptions& options) {
    Report report{.command = "history"};
    auto opened = open(world, common, report, Access::read);
    if (!opened) return report;
    const Session& session = *opened->session;
    const Ledger ledger(session.driver(), session.connection(), session.facts());
    const auto state = ledger.read({opened->loaded->project.name, common.environment, session.facts().database_id});
    if (!state) return closed(world, std::move(report), *opened, {state.error()});

    auto body = latest_runs(*opened, state->owner.has_value(), options);
    if (!body) return closed(world, std::move(report), *opened, {body.error()});
    report.body = std::move(*body);
    return closed(world, std::move(report), *opened, {});
}

}  // namespace roost
