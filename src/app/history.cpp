#include <algorithm>
#include <iterator>

#include "app/commands.hpp"
#include "app/migration_files.hpp"
#include "app/migrations.hpp"
#include "app/open.hpp"
#include "ledger/ledger.hpp"

namespace roost {
namespace {

Report migrations_listed(const World& world, Report report, const Opened& opened) {
    const Loaded& loaded = *opened.loaded;
    if (!is_flyways(loaded.environment))
        return closed(world, std::move(report), opened,
                      {usage_error("migrations.tool is not \"flyway\"", "only Flyway's migrations can be listed")});
    auto history = migrations(world, loaded, *opened.session);
    if (!history) return closed(world, std::move(report), opened, {std::move(history.error())});
    if (*history && (*history)->version) report.header.schema_version = (*history)->version->text();
    auto all = migration_info(world, loaded, *opened.session, history->value_or(History{}));
    if (!all) return closed(world, std::move(report), opened, std::move(all.error()));
    report.findings = std::move(all->passed_over);
    std::ranges::move(migration_findings(*all), std::back_inserter(report.findings));
    report.body = MigrationsBody{std::move(all->rows)};
    return closed(world, std::move(report), opened, {});
}

}  // namespace

Report history(const World& world, const Common& common, const HistoryOptions& options) {
    Report report{.command = "history"};
    auto opened = open(world, common, report, Access::read);
    if (!opened) return report;
    if (options.migrations) return migrations_listed(world, std::move(report), *opened);
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
