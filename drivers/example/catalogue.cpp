#include <fmt/format.h>

#include <map>

#include "drivers/example/parts.hpp"
#include "example_sql.hpp"

namespace roost::example {

std::unexpected<Error> to_be_written(std::string_view function) {
    return fail({.message = fmt::format("the example is no engine: {} is to be written", function),
                 .advice = "see drivers/README.md"});
}

Result<ServerFacts> facts(Connection& connection, const Target&) {
    const auto rows = read(connection, sql::facts);
    if (!rows) return fail(rows.error());
    ServerFacts found;
    found.account = rows->text(0, 0);
    found.own_roles = {found.account};
    found.membership_options = option::admin;
    return found;
}

// Memberships first: one of a role made between the two queries is then not seen, rather than seen without its role.
Result<RoleGraph> graph(Connection& connection, const ServerFacts&) {
    const auto edges = read(connection, sql::memberships);
    if (!edges) return fail(edges.error());
    const auto roles = read(connection, sql::roles);
    if (!roles) return fail(roles.error());
    std::vector<Principal> principals;
    std::map<std::string, PrincipalId> ids;
    const auto known = [&](const std::string& name, PrincipalKind kind) {
        const auto [entry, fresh] = ids.emplace(name, static_cast<PrincipalId>(principals.size()));
        if (fresh) principals.push_back({.name = name, .kind = kind});
        return entry->second;
    };
    for (std::size_t i = 0; i < roles->rows.size(); ++i) known(roles->text(i, 0), PrincipalKind::role);
    std::vector<Membership> memberships;
    for (std::size_t i = 0; i < edges->rows.size(); ++i) {
        const auto role = ids.find(edges->text(i, 0));
        if (role == ids.end()) continue;
        const std::uint32_t admin = edges->text(i, 3) == "YES" ? option::admin : 0;
        memberships.push_back({role->second, known(edges->text(i, 1), PrincipalKind::user),
                               known(edges->text(i, 2), PrincipalKind::user), option::inherit | option::set | admin});
    }
    return RoleGraph(std::move(principals), std::move(memberships));
}

// Asked of the database, the engine's own way; never from a function that says yes to a superuser.
Result<bool> is_member(Connection&, const ServerFacts&, std::string_view, std::string_view) {
    return to_be_written("is_member");
}

Result<std::optional<TableName>> find_table(Connection&, std::string_view, std::string_view) {
    return to_be_written("find_table");
}

Result<void> ledger_is_safe(Connection&) { return to_be_written("ledger_is_safe"); }

}  // namespace roost::example
