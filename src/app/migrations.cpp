#include "app/migrations.hpp"

#include <fmt/format.h>

#include "app/migration_lock.hpp"
#include "core/describe.hpp"
#include "core/holes.hpp"
#include "history/tools.hpp"

namespace roost {
namespace {

const MigrationReader& tool_of(const Environment& environment) { return *reader_named(name_of(environment.tool)); }

Result<TableName> wanted_table(const Driver& driver, const Environment& environment) {
    const MigrationReader& tool = tool_of(environment);
    const auto own = [&](std::string_view name) {
        return tool.quotes ? std::string(name) : unquoted_name(driver, name);
    };
    const bool flyway = tool.query.empty();  // whose table may also be told by its own configuration
    TableName table{environment.schema.empty() ? own(tool.schema) : environment.schema,
                    flyway || environment.table_named ? environment.table : own(tool.table)};
    if (environment.schema.empty() || driver.names.schema == nullptr) return table;
    auto schema = driver.names.schema(environment.schema);
    if (!schema) return fail(std::move(schema.error()));
    table.schema = std::move(*schema);
    return table;
}

Error no_table(const Environment& environment, const Session& session, const TableName& table) {
    return {.kind = ErrorKind::refused,
            .message = fmt::format("there is no table {} in schema {} of this database", shown(table.name),
                                   shown(table.schema.empty() ? session.facts().schema : table.schema)),
            .advice = fmt::format("run `{}` first; name the table with migrations.table and migrations.schema, or set "
                                  "migrations.tool = \"none\"",
                                  tool_of(environment).migrate)};
}

// {table}, {schema} and {"Name"} as history/tools.hpp has them.
std::string sql_of(std::string_view query, const Session& session, const TableName& table) {
    const Names& names = session.driver().names;
    return filled(query, [&](std::string_view hole, std::string_view) -> std::optional<std::string> {
        if (hole == "table") return qualified(session, table);
        if (hole == "schema") return table.schema.empty() ? std::string() : names.quote(table.schema) + ".";
        if (hole.starts_with('"')) return names.quote(hole.substr(1, hole.size() - 2));
        return std::nullopt;
    });
}

Result<HistoryRows> rows_of(const MigrationReader& tool, const Session& session, const TableName& table) {
    HistoryRows rows;
    const std::string_view query = tool.query.empty() ? session.driver().history_query : tool.query;
    auto read = session.connection().query(sql_of(query, session, table), {}, [&](std::span<const Cell> cells) {
        auto& row = rows.emplace_back();
        for (const Cell& cell : cells) row.emplace_back(cell.value_or(""));
    });
    if (read) return rows;
    read.error().message = fmt::format("cannot read {}: {}", table.name, read.error().message);
    return fail(std::move(read.error()));
}

Error uncompared(std::string_view what, const std::string& at) {
    return {.kind = ErrorKind::refused,
            .message =
                fmt::format("{}, and the schema is at {}, which is no version that could be compared", what, shown(at)),
            .advice = "name versions by numbers, as 5.2 or v5.2, or ask for none"};
}

// Minimum and `requires`, where the tool's words have no order.
void object_to_unordered(std::vector<Error>& objections, const Loaded& loaded, const std::string& at) {
    if (const auto& minimum = loaded.environment.minimum)
        objections.push_back(uncompared(fmt::format("migrations.minimum is {}", minimum->text()), at));
    for (const MembershipSetting& setting : loaded.environment.toggles) {
        const ToggleSetting* toggle = loaded.project.toggle(setting.name);
        if (toggle && toggle->needs && !setting.members.empty())
            objections.push_back(
                uncompared(fmt::format("{} requires schema {}", toggle->name, toggle->needs->text()), at));
    }
}

Error has_failed(const MigrationReader& tool, const Migration& failed) {
    return {.kind = ErrorKind::refused,
            .message =
                fmt::format("migration {}{} has failed", failed.version.empty() ? failed.description : failed.version,
                            failed.script.empty() ? "" : fmt::format(" ({})", failed.script)),
            .advice = std::string(tool.mend)};
}

}  // namespace

bool is_flyways(const Environment& environment) {
    return environment.tool == MigrationTool::unset || environment.tool == MigrationTool::flyway;
}

Result<std::optional<History>> migrations(const World& world, const Loaded& loaded, const Session& session) {
    const Environment& environment = loaded.environment;
    if (environment.tool == MigrationTool::none) return std::nullopt;
    const auto wanted = wanted_table(session.driver(), environment);
    if (!wanted) return fail(wanted.error());
    const auto table = session.driver().find_table(session.connection(), wanted->schema, wanted->name);
    if (!table) return fail(table.error());
    if (!*table) {
        if (environment.tool == MigrationTool::unset && !environment.minimum && !environment.table_named)
            return std::nullopt;
        return fail(no_table(environment, session, *wanted));
    }
    const MigrationReader& tool = tool_of(environment);
    if (auto free = wait_for_tool(world, loaded, session, tool, **table); !free) return fail(std::move(free.error()));
    const bool is_flyway = tool.query.empty();
    auto lock = is_flyway ? hold_flyway_lock(world, loaded, session, **table) : Result<HeldFlywayLock>();
    if (!lock) return fail(std::move(lock.error()));
    const auto rows = rows_of(tool, session, **table);
    if (!rows) return fail(rows.error());
    if (auto gone = lock->let_go(); !gone) return fail(std::move(gone.error()));
    auto history = tool.read(*rows);
    if (!history) return fail(std::move(history.error()));
    return std::move(*history);
}

std::vector<Error> history_objections(const Loaded& loaded, const std::optional<History>& history) {
    std::vector<Error> objections;
    const MigrationReader* tool = reader_named(name_of(loaded.environment.tool));
    if (history)
        for (const Migration& failed : history->failed) objections.push_back(has_failed(*tool, failed));
    if (history && !history->version && !history->at.empty()) {
        object_to_unordered(objections, loaded, history->at);
        return objections;
    }
    const auto& minimum = loaded.environment.minimum;
    if (minimum && (!history || !history->version || *history->version < *minimum))
        objections.push_back(
            {.kind = ErrorKind::refused,
             .message = fmt::format("the schema is at version {}, below the minimum {}",
                                    history && history->version ? history->version->text() : "none", minimum->text()),
             .advice = fmt::format("run `{}` first", tool ? tool->migrate : "flyway migrate")});
    return objections;
}

}  // namespace roost
