// Flyway's migration files, as the environment says where they are, against its history.
#pragma once

#include <expected>
#include <vector>

#include "app/prepare.hpp"
#include "app/session.hpp"
#include "history/info.hpp"

namespace roost {

struct MigrationInfo {
    std::vector<MigrationRow> rows;
    Findings passed_over;  // locations without migrations, and files that look like one and are not named as one
    bool has_files = false;
    bool all_seen = true;  // false: a location is no folder, and was not looked at
};
// Reads the files. Errors: what Flyway would refuse too (a version twice, a placeholder without a value, …).
std::expected<MigrationInfo, Errors> migration_info(const World& world, const Loaded& loaded, const Session& session,
                                                    const History& history);

// Adds to the findings what the files tell: migrations that are pending, that were changed since they ran, that cannot
// be read. Nothing where there are no files, where Flyway is told no locations, or where it called us.
void note_migrations(Prepared& prepared, const World& world, const Loaded& loaded, const Session& session);
// Of what is listed: pending, changed, missing, ignored.
Findings migration_findings(const MigrationInfo& all);

}  // namespace roost
