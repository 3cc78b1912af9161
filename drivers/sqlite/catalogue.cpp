#include <fmt/format.h>

#include <unordered_map>

#include "db/find_table.hpp"
#include "drivers/sqlite/parts.hpp"
#include "sqlite_sql.hpp"

namespace roost::sqlite {
namespace {

Error no_such_principal(const std::string& name) {
    return {.message = fmt::format("role {} does not exist", quote(name)),
            .advice = "names are exact, capitals included; roles and users are rows of roost_role"};
}

Result<std::vector<Principal>> read_principals(Connection& connection) {
    std::vector<Principal> principals;
    const auto done = connection.query(sql::roles, {}, [&](std::span<const Cell> row) {
        const auto kind = row[1] == "1" ? PrincipalKind::user : PrincipalKind::role;
        principals.push_back(
            {.name = std::string(row[0].value_or("")), .comment = std::string(row[2].value_or("")), .kind = kind});
    });
    if (!done) return fail(done.error());
    return principals;
}

}  // namespace

Result<ServerFacts> facts(Connection& connection, const Target&) {
    const auto rows = read(connection, sql::facts);
    if (!rows) return fail(rows.error());
    std::error_code failed;
    const auto file =
        std::filesystem::canonical(rows->text(0, 1), failed);  // one name for it, whatever links lead there
    if (failed) return fail({.message = fmt::format("{}: {}", rows->text(0, 1), failed.message())});
    ServerFacts found;
    found.version = rows->text(0, 0);
    found.database = file.filename().string();
    found.database_id = file.string();
    found.schema = "main";
    found.membership_options = option::admin | option::inherit;
    return found;
}

Result<RoleGraph> graph(Connection& connection, const ServerFacts&) {
    const auto exists = find_table(connection, "main", "roost_role_member");
    if (!exists) return fail(exists.error());
    if (!*exists) return RoleGraph{};
    auto principals = read_principals(connection);
    if (!principals) return fail(principals.error());
    std::unordered_map<std::string_view, PrincipalId> ids;
    for (PrincipalId id = 0; id < principals->size(); ++id) ids.emplace((*principals)[id].name, id);
    std::vector<Membership> memberships;
    const auto done = connection.query(sql::memberships, {}, [&](std::span<const Cell> row) {
        const auto role = ids.find(row[0].value_or("")), member = ids.find(row[1].value_or(""));
        if (role == ids.end() || member == ids.end()) return;  // the triggers were off when it was written
        const std::uint32_t options = (row[2] == "1" ? option::admin : 0) | (row[3] == "1" ? option::inherit : 0);
        memberships.push_back({role->second, member->second, no_principal, options});
    });
    if (!done) return fail(done.error());
    ids.clear();
    return RoleGraph(std::move(*principals), std::move(memberships));
}

Result<bool> is_member(Connection& connection, const ServerFacts&, std::string_view role, std::string_view principal) {
    const std::optional<std::string> names[] = {std::string(role), std::string(principal)};
    const auto exists = find_table(connection, "main", "roost_role_member");
    if (!exists) return fail(exists.error());
    if (!*exists) return fail(no_such_principal(*names[0]));
    const auto rows = read(connection, sql::is_member, names);
    if (!rows) return fail(rows.error());
    for (std::size_t i = 0; i < 2; ++i)
        if (rows->text(0, i) != "1") return fail(no_such_principal(*names[i]));
    return rows->text(0, 2) == "1";
}

Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table) {
    const std::optional<std::string> names[] = {std::string(schema), std::string(table)};
    return first_table(connection, sql::find_table, names);
}

}  // namespace roost::sqlite
