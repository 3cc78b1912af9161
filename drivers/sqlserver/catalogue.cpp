#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "db/cells.hpp"
#include "db/find_table.hpp"
#include "drivers/sqlserver/parts.hpp"
#include "sqlserver_sql.hpp"

namespace roost::sqlserver {
namespace {

constexpr std::int64_t dbo = 1, last_built_in = 4 /* guest, INFORMATION_SCHEMA, sys */, db_owner = 16384;

std::int64_t number_in(const Rows& rows, std::size_t column) { return number(Cell(rows.text(0, column))); }

// What is compared of a principal besides its name and kind: FNV-1a of the texts.
std::uint64_t digest(std::initializer_list<std::string_view> texts) {
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const std::string_view text : texts)
        for (const char c : fmt::format("{}/", text)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    return hash;
}

std::string_view first_character(std::string_view text) { return text.substr(0, 1); }  // type is char(1), or padded

struct Principals {
    std::vector<Principal> principals;
    std::unordered_map<std::int64_t, PrincipalId> by_number;
    PrincipalId find(std::int64_t number) const {
        const auto found = by_number.find(number);
        return found == by_number.end() ? no_principal : found->second;
    }
};

Result<Principals> read_principals(Connection& connection) {
    Principals read;
    const auto done = connection.query(sql::principals, {}, [&](std::span<const Cell> row) {
        const std::int64_t id = number(row[0]);
        const std::string_view name = row[1].value_or(""), type = first_character(row[2].value_or(""));
        if (id == 0) return;  // public
        const bool system = id <= last_built_in || number(row[3]) == 1 || name.starts_with("##");
        read.by_number.emplace(id, static_cast<PrincipalId>(read.principals.size()));
        read.principals.push_back({.name = std::string(name),
                                   .kind = type == "R" ? PrincipalKind::role : PrincipalKind::user,
                                   .superuser = id == dbo,
                                   .system = system,
                                   .attributes = digest({type, row[4].value_or(""), row[5].value_or("")})});
    });
    if (!done) return fail(done.error());
    return read;
}

using Edges = std::vector<std::pair<std::int64_t, std::int64_t>>;

Result<Edges> read_edges(Connection& connection) {
    Edges edges;
    const auto done = connection.query(
        sql::memberships, {}, [&](std::span<const Cell> row) { edges.emplace_back(number(row[0]), number(row[1])); });
    if (!done) return fail(done.error());
    return edges;
}

// Users that are in db_owner have every right, members or not.
void mark_owners(Principals& principals, Edges edges) {
    std::ranges::sort(edges);
    std::vector<std::int64_t> groups = {db_owner};
    std::unordered_set<std::int64_t> known = {db_owner};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto first = std::ranges::lower_bound(edges, std::pair(groups[i], std::int64_t{0}));
        for (auto edge = first; edge != edges.end() && edge->first == groups[i]; ++edge)
            if (known.insert(edge->second).second) groups.push_back(edge->second);
    }
    for (const std::int64_t number : groups)
        if (const PrincipalId id = principals.find(number);
            id != no_principal && principals.principals[id].kind == PrincipalKind::user)
            principals.principals[id].superuser = true;
}

Result<void> read_marks(Connection& connection, Principals& principals) {
    return connection.query(sql::marks, {}, [&](std::span<const Cell> row) {
        const PrincipalId id = principals.find(number(row[0]));
        if (id != no_principal && principals.principals[id].name == row[2].value_or(""))
            principals.principals[id].comment = row[1].value_or("");
    });
}

}  // namespace

Result<ServerFacts> facts(Connection& connection, const Target& target) {
    const auto rows = read(connection, sql::facts);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return fail({.message = "the server does not say what it is"});
    ServerFacts found;
    found.version = rows->text(0, 0);
    found.account = rows->text(0, 1);
    found.own_roles = {found.account};
    found.database = rows->text(0, 2);
    found.database_id = fmt::format("{}/{}/{}", rows->text(0, 3), found.database, rows->text(0, 4));
    found.schema = rows->text(0, 5);
    const std::string client = rows->text(0, 7), server = rows->text(0, 8);
    const bool near = client == "<local machine>" || (!client.empty() && client == server);
    found.clear_text = !asks_for_tls(target) && !(near && is_local(target));
    if (rows->text(0, 6) != "1")
        found.unseen = fmt::format("GRANT VIEW DEFINITION TO {} in database {}", quote(found.account), found.database);
    return found;
}

Result<RoleGraph> graph(Connection& connection, const ServerFacts&) {
    // Memberships first: one that is granted to a new role between the two queries is then not seen, rather than seen
    // without its role.
    const auto edges = read_edges(connection);
    if (!edges) return fail(edges.error());
    auto principals = read_principals(connection);
    if (!principals) return fail(principals.error());
    if (auto marked = read_marks(connection, *principals); !marked) return fail(std::move(marked.error()));
    mark_owners(*principals, *edges);
    std::vector<Membership> memberships;
    memberships.reserve(edges->size());
    for (const auto& [role_number, member_number] : *edges) {
        const PrincipalId role = principals->find(role_number), member = principals->find(member_number);
        if (role == no_principal || member == no_principal) continue;  // dropped between the two queries, or not shown
        memberships.push_back({role, member, no_principal, option::inherit | option::set});
    }
    return RoleGraph(std::move(principals->principals), std::move(memberships));
}

Result<bool> is_member(Connection& connection, const ServerFacts& facts, std::string_view role,
                       std::string_view principal) {
    const std::optional<std::string> names[] = {std::string(role), std::string(principal), std::string(role),
                                                std::string(principal)};
    const auto rows = read(connection, sql::is_member, names);
    if (!rows) return fail(rows.error());
    for (std::size_t i = 0; i < 2; ++i)
        if (rows->empty() || !rows->rows[0][i])
            return fail(
                {.message = fmt::format("{} {} does not exist{}", i == 0 ? "role" : "principal", quote(*names[i]),
                                        facts.unseen.empty() ? "" : ", or the account may not see it"),
                 .advice = facts.unseen.empty() ? "check the name, and the database" : facts.unseen,
                 .sqlstate = "42000"});
    const std::int64_t member = number_in(*rows, 1);
    if (member == dbo || member == number_in(*rows, 0)) return false;
    if (rows->rows[0][2]) return rows->text(0, 2) == "1";
    return fail({.message = fmt::format("the server does not say whether {} is in {}", quote(principal), quote(role)),
                 .advice = facts.unseen});
}

Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table) {
    const std::optional<std::string> names[] = {std::string(table), std::string(schema), std::string(schema)};
    return first_table(connection, sql::find_table, names);
}

Result<void> ledger_is_safe(Connection& connection) {
    const auto rows = read(connection, sql::ledger_owners);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return {};
    const std::string kind = rows->text(0, 0), owner = rows->text(0, 2), account = quote(rows->text(0, 3));
    const bool schema = kind == "SCHEMA";
    const std::string name = schema ? quote(rows->text(0, 1)) : "[roost]." + quote(rows->text(0, 1));
    return fail(
        {.kind = ErrorKind::refused,
         .message = fmt::format("{} {} of the ledger belongs to {}, who is neither the account, nor a role that it "
                                "is a member of, nor dbo",
                                schema ? "schema" : "table", name, owner),
         .advice = fmt::format("whoever owns it can make roost run what he likes: drop it, or see what it holds "
                               "and take it over: ALTER AUTHORIZATION ON {}::{} TO {}",
                               schema ? "SCHEMA" : "OBJECT", name, account)});
}

}  // namespace roost::sqlserver
