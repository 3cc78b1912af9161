#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "db/cells.hpp"
#include "db/find_table.hpp"
#include "drivers/postgresql/parts.hpp"
#include "postgresql_sql.hpp"

namespace roost::postgresql {
namespace {

constexpr std::uint32_t bootstrap_superuser = 10;

// What the big providers make in every server of theirs. Source: their documentation; none was at hand to look.
constexpr std::string_view provider_roles[] = {"alloydbadmin",
                                               "alloydbsuperuser",
                                               "azure_pg_admin",
                                               "azure_superuser",
                                               "azuresu",
                                               "cloudsqladmin",
                                               "cloudsqlagent",
                                               "cloudsqliamgroup",
                                               "cloudsqliamserviceaccount",
                                               "cloudsqliamuser",
                                               "cloudsqlimportexport",
                                               "cloudsqlreplica",
                                               "cloudsqlsuperuser",
                                               "rds_ad",
                                               "rds_iam",
                                               "rds_password",
                                               "rds_replication",
                                               "rds_superuser",
                                               "rdsadmin",
                                               "rdsrepladmin",
                                               "rdstopmgr"};
static_assert(std::ranges::is_sorted(provider_roles));

std::uint32_t oid(std::int64_t value) { return static_cast<std::uint32_t>(value); }

// A row of sql/memberships.sql. Its bits of options are those of option::, and one that only it has.
struct Edge {
    std::int64_t role_and_member;
    std::int64_t grantor_and_options;
};
constexpr std::uint32_t inherit_by_member = 8;

// Bits of a row of sql/roles.sql.
constexpr std::int64_t attribute_bits = 127, may_grant_bit = 128, may_comment_bit = 256;

struct Roles {
    std::vector<Principal> principals;
    std::vector<bool> inherit;
    std::unordered_map<std::uint32_t, PrincipalId> by_oid;
    PrincipalId find(std::uint32_t oid) const {
        const auto found = by_oid.find(oid);
        return found == by_oid.end() ? no_principal : found->second;
    }
};

Result<std::vector<Edge>> read_edges(Connection& connection) {
    std::vector<Edge> edges;
    const auto done = connection.query(sql::memberships, {}, [&](std::span<const Cell> row) {
        edges.push_back({number(row[0]), number(row[1])});
    });
    if (!done) return fail(done.error());
    return edges;
}

Result<Roles> read_roles(Connection& connection) {
    Roles roles;
    const auto done = connection.query(sql::roles, {}, [&](std::span<const Cell> row) {
        const std::uint32_t id = oid(number(row[0]));
        const auto bits = number(row[3]), attributes = bits & attribute_bits;
        const std::string_view name = row[1].value_or("");
        const bool system =
            id == bootstrap_superuser || name.starts_with("pg_") || std::ranges::binary_search(provider_roles, name);
        roles.by_oid.emplace(id, static_cast<PrincipalId>(roles.principals.size()));
        roles.principals.push_back({.name = std::string(name),
                                    .comment = std::string(row[2].value_or("")),
                                    .kind = attributes & 1 ? PrincipalKind::user : PrincipalKind::role,
                                    .superuser = (attributes & 2) != 0,
                                    .system = system,
                                    .attributes = static_cast<std::uint64_t>(attributes | number(row[4]) << 8),
                                    .may_grant = (bits & may_grant_bit) != 0,
                                    .may_comment = (bits & may_comment_bit) != 0});
        roles.inherit.push_back(attributes & 4);
    });
    if (!done) return fail(done.error());
    return roles;
}

std::uint32_t options_of(const Edge& edge, bool member_inherits) {
    const auto bits = static_cast<std::uint32_t>(edge.grantor_and_options & 0xF);
    return (bits & ~inherit_by_member) | (bits & inherit_by_member && member_inherits ? option::inherit : 0);
}

}  // namespace

Result<ServerFacts> facts(Connection& connection, const Target& target) {
    auto rows = read(connection, sql::facts);
    if (!rows) return fail(std::move(rows.error()));
    ServerFacts found;
    found.version = rows->text(0, 0);
    const auto version = number(rows->rows[0][1]);
    if (version < 150000)
        return fail({.message = fmt::format("the server is PostgreSQL {}", found.version),
                     .advice = "roost needs 15 or later"});
    found.account = rows->text(0, 2);
    found.own_roles = {found.account};
    if (const std::string login = rows->text(0, 3); login != found.account) found.own_roles.push_back(login);
    found.database = rows->text(0, 4);
    found.database_id = rows->text(0, 5);
    found.schema = rows->text(0, 6);
    const bool encrypted = rows->text(0, 7) == "1", near = rows->text(0, 8) == "1";
    found.clear_text = !encrypted && !(near && first_hop_is_safe(target));
    found.membership_options = option::admin;
    // Each role that is made holds a lock until the commit, for its comment if not for itself, in a table that all
    // sessions share.
    if (rows->text(0, 10) != "1") found.lets_manage = fmt::format("ALTER ROLE {} CREATEROLE", quote(found.account));
    found.most_roles = static_cast<std::size_t>(std::max<std::int64_t>(1, number(rows->rows[0][9]) / 4));
    if (version < 160000) return found;
    found.membership_options |= option::inherit | option::set;
    found.own_grants_alone = true;
    return found;
}

Result<RoleGraph> graph(Connection& connection, const ServerFacts&) {
    // Memberships first: one that is granted to a new role between the two queries is then not seen, rather than seen
    // without its role.
    const auto edges = read_edges(connection);
    if (!edges) return fail(edges.error());
    auto roles = read_roles(connection);
    if (!roles) return fail(roles.error());
    std::vector<Membership> memberships;
    memberships.reserve(edges->size());
    for (const Edge& edge : *edges) {
        const PrincipalId role = roles->find(oid(edge.role_and_member >> 32));
        const PrincipalId member = roles->find(oid(edge.role_and_member));
        if (role == no_principal || member == no_principal) continue;  // dropped between the two queries
        memberships.push_back(
            {role, member, roles->find(oid(edge.grantor_and_options >> 4)), options_of(edge, roles->inherit[member])});
    }
    return RoleGraph(std::move(roles->principals), std::move(memberships));
}

Result<bool> is_member(Connection& connection, const ServerFacts&, std::string_view role, std::string_view principal) {
    const std::optional<std::string> names[] = {std::string(role), std::string(principal)};
    const auto rows = read(connection, sql::is_member, names);
    if (!rows) return fail(rows.error());
    for (std::size_t i = 0; i < 2; ++i)
        if (rows->text(0, i) != "1")
            return fail({.message = fmt::format("role {} does not exist", quote(*names[i])),
                         .advice = "names are exact, capitals included",
                         .sqlstate = "42704"});
    return rows->text(0, 2) == "1";
}

Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table) {
    const std::optional<std::string> names[] = {std::string(table), std::string(schema), std::string(schema)};
    return first_table(connection, sql::find_table, names);
}

Result<void> ledger_is_safe(Connection& connection) {
    const auto rows = read(connection, sql::ledger_owners);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return {};
    const std::string kind = rows->text(0, 0), name = rows->text(0, 1), owner = rows->text(0, 2);
    std::string lower = kind;
    std::ranges::transform(lower, lower.begin(), [](char c) { return c == ' ' ? c : static_cast<char>(c | 0x20); });
    return fail(
        {.kind = ErrorKind::refused,
         .message = fmt::format("{} {} of the ledger belongs to {}, who is neither the account, nor a role that "
                                "it is a member of, nor a superuser",
                                lower, name, owner),
         .advice = fmt::format("whoever owns it can make roost run what he likes: drop it, or see what it holds "
                               "and take it over: ALTER {} {} OWNER TO {}",
                               kind, name, rows->text(0, 3))});
}

}  // namespace roost::postgresql
