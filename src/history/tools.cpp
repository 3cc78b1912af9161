#include "history/tools.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/checksum.hpp"

namespace roost {
namespace {

// Changes whenever a row does: some tools number nothing, and all can take rows away again. The ledger has 31 bits for
// it.
std::int64_t rank_of(const HistoryRows& rows) {
    std::string all;
    for (const auto& row : rows)
        for (const std::string& cell : row) all += cell + '\x1f';
    return rows.empty() ? 0 : flyway_checksum(all) % 0x7FFFFFFFU + 1;
}

std::optional<Version> version_in(std::string_view text) {
    auto version = Version::parse(text);
    if (!version) return std::nullopt;
    return std::move(*version);
}

// "v5.2", "@v5.2" and "5.2" are one version; any other tag is none.
std::optional<Version> version_in_tag(std::string_view tag) {
    if (tag.starts_with('@')) tag.remove_prefix(1);
    if (tag.starts_with('v') || tag.starts_with('V')) tag.remove_prefix(1);
    return version_in(tag);
}

History at(std::string where, std::optional<Version> version, const HistoryRows& rows) {
    return {.version = std::move(version), .at = std::move(where), .rank = rank_of(rows), .failed = {}, .rows = {}};
}

// The row whose text the order of versions puts last; its place in `rows`.
std::size_t highest(const HistoryRows& rows, std::optional<Version> (*version)(std::string_view)) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const auto one = version(rows[i][0]), other = version(rows[best][0]);
        if (one && other ? *one > *other : rows[i][0] > rows[best][0]) best = i;
    }
    return best;
}

// Rows as every driver's history_query has them: installed_rank, version, description, type, script, checksum,
// installed_by, installed_on, success.
Migration flyway_row(const std::vector<std::string>& row) {
    Migration migration{.rank = 0,
                        .version = row[1],
                        .description = row[2],
                        .type = row[3],
                        .script = row[4],
                        .success = is_true(row[8]),
                        .installed_by = row[6],
                        .installed_on = row[7]};
    std::from_chars(row[0].data(), row[0].data() + row[0].size(), migration.rank);
    if (const std::string& checksum = row[5]; !checksum.empty())
        std::from_chars(checksum.data(), checksum.data() + checksum.size(), migration.checksum.emplace());
    return migration;
}

Result<History> read_flyway(const HistoryRows& rows) {
    std::vector<Migration> migrations;
    for (const auto& row : rows) migrations.push_back(flyway_row(row));
    return read_history(std::move(migrations));
}

// Rows in the order in which they ran: id, author, file, order, how it ended, checksum, tag.
Result<History> read_liquibase(const HistoryRows& rows) {
    History history = at("", std::nullopt, rows);
    for (const auto& row : rows) {
        if (row[4] == "FAILED")
            history.failed.push_back(
                {.version = "", .description = row[0] + "::" + row[1], .type = "", .script = row[2], .success = false});
        if (!row[6].empty()) history.at = row[6];
    }
    history.version = version_in_tag(history.at);
    if (history.at.empty() && !rows.empty()) history.at = rows.back()[0] + "::" + rows.back()[1];
    return history;
}

// One row: version, and whether the migration to it was cut short.
Result<History> read_golang_migrate(const HistoryRows& rows) {
    if (rows.empty()) return History{};
    History history = at(rows[0][0], version_in(rows[0][0]), rows);
    if (is_true(rows[0][1]))
        history.failed.push_back(
            {.version = history.at, .description = "", .type = "", .script = "", .success = false});
    return history;
}

Result<History> read_dbmate(const HistoryRows& rows) {
    if (rows.empty()) return History{};
    const std::string& last = rows[highest(rows, version_in)][0];
    return at(last, version_in(last), rows);
}

// A row for each head; they have no order.
Result<History> read_alembic(const HistoryRows& rows) {
    std::vector<std::string> heads;
    for (const auto& row : rows) heads.push_back(row[0]);
    std::ranges::sort(heads);
    std::string all;
    for (const std::string& head : heads) all += (all.empty() ? "" : ", ") + head;
    return at(std::move(all), std::nullopt, rows);
}

// "20260102030405_AddPayslip"
std::optional<Version> version_in_id(std::string_view id) { return version_in(id.substr(0, id.find('_'))); }

Result<History> read_efcore(const HistoryRows& rows) {
    if (rows.empty()) return History{};
    const std::string& last = rows[highest(rows, version_in_id)][0];
    return at(last, version_in_id(last), rows);
}

// Rows in order: "change" or "tag", or of each project's last event its kind; then a name and an id.
Result<History> read_sqitch(const HistoryRows& rows) {
    History history = at("", std::nullopt, rows);
    std::string last;
    for (const auto& row : rows) {
        if (row[0] == "tag") history.at = row[1];
        if (row[0] == "change") last = row[1];
        if (row[0] == "fail")
            history.failed.push_back(
                {.version = "", .description = row[1], .type = "", .script = "", .success = false});
    }
    history.version = version_in_tag(history.at);
    if (history.at.empty()) history.at = last;
    return history;
}

constexpr std::string_view liquibase_query =
    "SELECT ID, AUTHOR, FILENAME, ORDEREXECUTED, EXECTYPE, MD5SUM, TAG FROM {table} ORDER BY ORDEREXECUTED, ID, AUTHOR";

// Behind a point MariaDB takes its word CHANGE for a name.
constexpr std::string_view sqitch_query =
    "SELECT x.kind, x.name, x.id FROM ("
    "SELECT 'change' AS kind, c.change AS name, c.change_id AS id, c.committed_at AS moment FROM {table} c "
    "UNION ALL SELECT 'tag', t.tag, t.tag_id, t.committed_at FROM {schema}tags t "
    "UNION ALL SELECT e.event, e.change, e.change_id, e.committed_at FROM {schema}events e "
    "WHERE e.committed_at = (SELECT MAX(f.committed_at) FROM {schema}events f WHERE f.project = e.project)) x "
    "ORDER BY x.moment, x.kind, x.name";

constexpr MigrationReader readers[] = {
    {.name = "flyway",
     .title = "Flyway",
     .table = "flyway_schema_history",
     .read = read_flyway,
     .migrate = "flyway migrate",
     .mend = "mend it, then `flyway repair` and `flyway migrate`"},
    {.name = "liquibase",
     .title = "Liquibase",
     .table = "DATABASECHANGELOG",
     .quotes = false,
     .query = liquibase_query,
     .read = read_liquibase,
     .migrate = "liquibase update",
     .mend = "mend the changeset, then `liquibase update`",
     .lock_table = "DATABASECHANGELOGLOCK",
     .unlock = "liquibase release-locks"},
    {.name = "golang-migrate",
     .title = "golang-migrate",
     .table = "schema_migrations",
     .query = "SELECT version, dirty FROM {table}",
     .read = read_golang_migrate,
     .migrate = "migrate up",
     .mend = "the database is dirty: mend what it left half done, then `migrate force VERSION` and `migrate up`"},
    {.name = "dbmate",
     .title = "dbmate",
     .table = "schema_migrations",
     .query = "SELECT version FROM {table} ORDER BY version",
     .read = read_dbmate,
     .migrate = "dbmate up",
     .mend = ""},
    {.name = "alembic",
     .title = "Alembic",
     .table = "alembic_version",
     .quotes = false,
     .query = "SELECT version_num FROM {table} ORDER BY version_num",
     .read = read_alembic,
     .migrate = "alembic upgrade head",
     .mend = ""},
    {.name = "efcore",
     .title = "EF Core",
     .table = "__EFMigrationsHistory",
     .query = "SELECT {\"MigrationId\"} FROM {table} ORDER BY {\"MigrationId\"}",
     .read = read_efcore,
     .migrate = "dotnet ef database update",
     .mend = ""},
    {.name = "sqitch",
     .title = "Sqitch",
     .table = "changes",
     .schema = "sqitch",
     .quotes = false,
     .query = sqitch_query,
     .read = read_sqitch,
     .migrate = "sqitch deploy",
     .mend = "mend its deploy script, then `sqitch deploy`"},
};

}  // namespace

const MigrationReader* reader_named(std::string_view tool) {
    const auto found = std::ranges::find(readers, tool, &MigrationReader::name);
    return found == std::end(readers) ? nullptr : found;
}

bool is_true(std::string_view cell) { return cell == "1" || cell == "t" || cell == "true" || cell == "\x01"; }

}  // namespace roost
