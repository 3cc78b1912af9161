#include "app/migrations.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/describe.hpp"

namespace roost {
namespace {

Result<std::string> schema_of(const Driver& driver, const Environment& environment) {
    if (environment.schema.empty() || driver.names.schema == nullptr) return environment.schema;
    return driver.names.schema(environment.schema);
}

std::string history_sql(const Driver& driver, const std::string& schema, const std::string& table) {
    const std::string quoted = driver.names.quote(table);
    const std::string qualified = schema.empty() ? quoted : driver.names.quote(schema) + "." + quoted;
    std::string sql(driver.history_query);
    constexpr std::string_view hole = "{table}";
    if (const auto at = sql.find(hole); at != std::string::npos) sql.replace(at, hole.size(), qualified);
    return sql;
}

// Columns as every driver's history_query has them: installed_rank, version, description, type, script, checksum,
// installed_by, installed_on, success.
Migration migration_of(std::span<const Cell> cells) {
    const auto text = [&](std::size_t column) { return std::string(cells[column].value_or("")); };
    const std::string rank = text(0);
    const std::string success = text(8);
    Migration migration{.rank = 0,
                        .version = text(1),
                        .description = text(2),
                        .type = text(3),
                        .script = text(4),
                        .success = success == "1" || success == "t" || success == "true"};
    std::from_chars(rank.data(), rank.data() + rank.size(), migration.rank);
    return migration;
}

}  // namespace

Result<std::optional<History>> migrations(const Loaded& loaded, const Session& session) {
    const Environment& environment = loaded.environment;
    if (environment.tool == MigrationTool::none) return std::nullopt;
    const auto schema = schema_of(session.driver(), environment);
    if (!schema) return fail(schema.error());
    const auto exists = session.driver().table_exists(session.connection(), *schema, environment.table);
    if (!exists) return fail(exists.error());
    if (!*exists) {
        if (environment.tool == MigrationTool::unset && !environment.minimum) return std::nullopt;
        return fail(
            {.kind = ErrorKind::refused,
             .message = fmt::format("there is no table {} in schema {} of this database", shown(environment.table),
                                    shown(environment.schema.empty() ? session.facts().schema : environment.schema)),
             .advice = "run `flyway migrate` first; name the table with migrations.table and migrations.schema, or set "
                       "migrations.tool = \"none\""});
    }
    std::vector<Migration> rows;
    auto read = session.connection().query(history_sql(session.driver(), *schema, environment.table), {},
                                           [&](std::span<const Cell> cells) { rows.push_back(migration_of(cells)); });
    if (!read) {
        read.error().message = fmt::format("cannot read {}: {}", environment.table, read.error().message);
        return fail(std::move(read.error()));
    }
    auto history = read_history(std::move(rows));
    if (!history) return fail(std::move(history.error()));
    return std::move(*history);
}

std::vector<Error> history_objections(const Loaded& loaded, const std::optional<History>& history) {
    std::vector<Error> objections;
    if (history)
        for (const Migration& failed : history->failed)
            objections.push_back(
                {.kind = ErrorKind::refused,
                 .message = fmt::format("migration {} ({}) has failed",
                                        failed.version.empty() ? failed.description : failed.version, failed.script),
                 .advice = "mend it, then `flyway repair` and `flyway migrate`"});
    const auto& minimum = loaded.environment.minimum;
    if (minimum && (!history || !history->version || *history->version < *minimum))
        objections.push_back(
            {.kind = ErrorKind::refused,
             .message = fmt::format("the schema is at version {}, below the minimum {}",
                                    history && history->version ? history->version->text() : "none", minimum->text()),
             .advice = "run `flyway migrate` first"});
    return objections;
}

}  // namespace roost
