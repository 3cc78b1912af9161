#include "history/flyway.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace roost {
namespace {

// What a row is about: its version, or for a repeatable its description.
using Subject = std::pair<std::string, std::string>;
Subject subject_of(const Migration& migration) {
    return {migration.version, migration.version.empty() ? migration.description : std::string{}};
}

bool takes_back(const Migration& migration) { return migration.type == "DELETE" || migration.type.starts_with("UNDO"); }

}  // namespace

Result<History> read_history(std::vector<Migration> migrations) {
    std::ranges::sort(migrations, {}, &Migration::rank);
    std::map<Subject, const Migration*> latest;  // what of each subject counts now; null: deleted or undone
    for (const Migration& migration : migrations)
        latest[subject_of(migration)] = takes_back(migration) && migration.success ? nullptr : &migration;

    History history;
    if (!migrations.empty()) history.rank = migrations.back().rank;
    for (const auto& [subject, migration] : latest) {
        if (!migration) continue;
        if (!migration->success) {
            history.failed.push_back(*migration);
            continue;
        }
        if (migration->version.empty()) continue;
        auto version = Version::parse(migration->version);
        if (!version)
            return fail({.message = fmt::format("the history's row {} has version '{}', which is none of Flyway's",
                                                migration->rank, migration->version)});
        if (!history.version || *version > *history.version) history.version = std::move(*version);
    }
    std::ranges::sort(history.failed, {}, &Migration::rank);
    if (history.version) history.at = history.version->text();
    history.rows = std::move(migrations);
    return history;
}

}  // namespace roost
