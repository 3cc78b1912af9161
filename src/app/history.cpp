#include <algorithm>
#include <iterator>

#include "app/commands.hpp"
#include "app/migration_files.hpp"
#include "app/migrations.hpp"
#include "app/open.hpp"
#include "ledger/ledger.hpp"

namespace roost {
namespace {

MigrationsBody body_of(std::vector<MigrationRow> rows) {
    MigrationsBody body;
    for (MigrationRow& row : rows)
        body.rows.push_back({.rank = row.rank,
                             .category = std::move(row.category),
                             .version = std::move(row.version),
                             .description = std::move(row.description),
                             .type = std::move(row.type),
                             .state = std::move(row.state),
                             .script = std::move(row.script),
                             .installed_on = std::move(row.installed_on),
                             .installed_by = std::move(row.installed_by),
                             .checksum = row.checksum,
                             .file = std::move(row.file),
                             .file_checksum = row.file_checksum});
    return body;
}

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
    report.body = body_of(std::move(all->rows));
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
