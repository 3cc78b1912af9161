#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "db/find_table.hpp"
#include "drivers/oracle/parts.hpp"
#include "oracle_sql.hpp"

namespace roost::oracle {
namespace {

// Of Principal::attributes: what else of a role or user may be altered.
constexpr std::uint64_t identified = 1;  // a role with a password, or one that something else than Oracle enables
constexpr std::uint64_t locked = 2;

bool may_not_be_seen(const Error& error) {
    const Fault fault = diagnose(error).fault;
    return fault == Fault::missing || fault == Fault::denied;
}

Result<bool> is_encrypted(Connection& connection) {
    const auto rows = read(connection, sql::encrypted);
    if (rows) return rows->text(0, 0) == "Y";
    if (may_not_be_seen(rows.error())) return false;  // as far as can be told
    return fail(rows.error());
}

// Protocol tcp may still be encrypted, by Oracle's own means. No address: it came in on this machine.
Result<bool> in_clear_text(Connection& connection, const Target& target, const std::string& protocol,
                           const std::string& address) {
    if (protocol != "tcp") return false;
    const bool near = address.empty() || address == "::1" || address.starts_with("127.");
    const auto parts = wanted(target);
    const Attribute* dbq = parts ? find(*parts, "DBQ") : nullptr;
    if (near && dbq && is_this_machine(dbq->value())) return false;
    const auto encrypted = is_encrypted(connection);
    if (!encrypted) return fail(encrypted.error());
    return !*encrypted;
}

Error in_root(const std::string& container) {
    return {.kind = ErrorKind::refused,
            .message = fmt::format("this is {}, the root of all containers: what is made here would be common to them",
                                   container),
            .advice = "connect to the service of the pluggable database that roost is to look after"};
}

Result<std::string> database_id(Connection& connection) {
    const auto rows = read(connection, sql::database_id);
    if (rows && !rows->empty()) return rows->text(0, 0);
    Error error = rows ? Error{.message = "V$CONTAINERS does not show this container"} : rows.error();
    error.message = fmt::format("cannot tell this database from its copies: {}", error.message);
    error.advice =
        "databases are told apart by it: GRANT SELECT ON sys.v_$database and ON sys.v_$containers to the "
        "account, or SELECT_CATALOG_ROLE";
    return fail(std::move(error));
}

Result<std::string> unseen(Connection& connection) {
    const auto rows = read(connection, sql::visible);
    if (rows) return std::string();
    if (!may_not_be_seen(rows.error())) return fail(rows.error());
    return std::string(
        "it may not read DBA_ROLES, DBA_USERS and DBA_ROLE_PRIVS, and sees its own roles alone: GRANT "
        "SELECT_CATALOG_ROLE to it");
}

Principal principal_of(std::span<const Cell> row) {
    const std::string_view name = row[0].value_or(""), details = row[4].value_or("");
    const bool is_role = row[1] == "role";
    // LOCKED(TIMED) comes and goes with mistyped passwords.
    const bool is_locked = !is_role && details.ends_with("LOCKED");
    const bool is_identified = is_role && details != "NONE";
    const std::string_view enabled_by = details == "PASSWORD"      ? "enabled by a password"
                                        : details == "APPLICATION" ? "enabled by a package"
                                                                   : "enabled by what is outside of the database";
    return {.name = std::string(name),
            .comment = {},
            .kind = is_role ? PrincipalKind::role : PrincipalKind::user,
            .superuser = name == "SYS" || name == "SYSTEM",
            .system = row[2] == "Y" || row[3] == "YES" || is_identified || name == "SYS" || name == "SYSTEM",
            .attributes = (is_identified ? identified : 0) | (is_locked ? locked : 0),
            .unmanaged = is_identified ? enabled_by : std::string_view()};
}

struct Principals {
    std::vector<Principal> all;
    std::unordered_map<std::string, PrincipalId> by_name;
    std::unordered_set<std::string> runners;  // accounts that have run roost

    void add(Principal principal) {
        if (by_name.emplace(principal.name, static_cast<PrincipalId>(all.size())).second)
            all.push_back(std::move(principal));
    }
    PrincipalId find(std::string_view name) {
        if (name == "PUBLIC")  // everybody; the dictionary does not list it
            add({.name = "PUBLIC", .comment = {}, .kind = PrincipalKind::role, .superuser = false, .system = true});
        const auto found = by_name.find(std::string(name));
        return found == by_name.end() ? no_principal : found->second;
    }
};

// As read, by name: what the account only administers is left out, and so is who went away between the two queries.
struct Edge {
    std::string role;
    std::string member;
    bool admin;
    bool is_default;
};

Result<std::vector<Edge>> read_edges(Connection& connection, const ServerFacts& facts) {
    std::vector<Edge> edges;
    const auto done = connection.query(
        facts.unseen.empty() ? sql::memberships : sql::visible_memberships, {}, [&](std::span<const Cell> row) {
            const bool admin = row[2] == "YES";
            if (admin && row[1] == facts.account) return;  // CREATE ROLE made the account its administrator
            edges.push_back(
                {std::string(row[0].value_or("")), std::string(row[1].value_or("")), admin, row[3] == "YES"});
        });
    if (!done) return fail(done.error());
    return edges;
}

Result<Principals> read_principals(Connection& connection, const ServerFacts& facts) {
    Principals principals;
    const auto done = connection.query(facts.unseen.empty() ? sql::principals : sql::visible_principals, {},
                                       [&](std::span<const Cell> row) { principals.add(principal_of(row)); });
    if (!done) return fail(done.error());
    return principals;
}

// Marks of roles that are no longer there count for nothing.
Result<void> read_marks(Connection& connection, Principals& principals) {
    const auto there = find_table(connection, "ROOST", "ROLE");
    if (!there) return fail(there.error());
    if (!*there) return {};
    return connection.query(sql::marks, {}, [&](std::span<const Cell> row) {
        if (row[0] == "runner") {
            principals.runners.emplace(row[1].value_or(""));
            return;
        }
        const PrincipalId id = principals.find(row[1].value_or(""));
        if (id != no_principal && principals.all[id].kind == PrincipalKind::role)
            principals.all[id].comment = row[2].value_or("");
    });
}

// A user's roles are enabled at log-in where they are default roles; a role's always are, along with it.
std::uint32_t options_of(const Edge& edge, const Principal& member) {
    std::uint32_t options = edge.admin ? option::admin : 0;
    if (member.kind == PrincipalKind::role) return options | option::inherit | option::set;
    return edge.is_default ? options | option::default_role | option::inherit | option::set : options;
}

// Who has DBA, directly or by inheritance, may do everything.
void mark_superusers(std::vector<Principal>& principals, const std::vector<Membership>& memberships, PrincipalId dba) {
    std::multimap<PrincipalId, PrincipalId> members;
    for (const Membership& edge : memberships)
        if (principals[edge.member].kind == PrincipalKind::user || edge.member != edge.role)
            members.emplace(edge.role, edge.member);
    std::vector<PrincipalId> queue = {dba};
    std::vector<bool> seen(principals.size());
    for (std::size_t at = 0; at < queue.size(); ++at) {
        if (seen[queue[at]]) continue;
        seen[queue[at]] = principals[queue[at]].superuser = true;
        const auto [from, to] = members.equal_range(queue[at]);
        for (auto member = from; member != to; ++member) queue.push_back(member->second);
    }
}

}  // namespace

Result<ServerFacts> facts(Connection& connection, const Target& target) {
    const auto rows = read(connection, sql::facts);
    if (!rows) return fail(rows.error());
    ServerFacts found;
    found.version = rows->text(0, 0);
    found.account = rows->text(0, 1);
    found.database = rows->text(0, 2);
    found.schema = rows->text(0, 3);
    if (found.database == "CDB$ROOT" || found.database == "PDB$SEED") return fail(in_root(found.database));
    found.own_roles = {found.account};
    found.membership_options = option::admin | option::default_role;
    auto id = database_id(connection);
    if (!id) return fail(std::move(id.error()));
    found.database_id = std::move(*id);
    auto partial = unseen(connection);
    if (!partial) return fail(std::move(partial.error()));
    found.unseen = std::move(*partial);
    const auto clear = in_clear_text(connection, target, rows->text(0, 4), rows->text(0, 5));
    if (!clear) return fail(clear.error());
    found.clear_text = *clear;
    return found;
}

Result<RoleGraph> graph(Connection& connection, const ServerFacts& facts) {
    // Memberships first: one that is granted to a new role between the two queries is then not seen, rather than seen
    // without its role.
    const auto edges = read_edges(connection, facts);
    if (!edges) return fail(edges.error());
    auto principals = read_principals(connection, facts);
    if (!principals) return fail(principals.error());
    if (auto marked = read_marks(connection, *principals); !marked) return fail(std::move(marked.error()));
    std::map<std::pair<PrincipalId, PrincipalId>, std::uint32_t>
        options;  // a common and a local row are one membership
    for (const Edge& edge : *edges) {
        const PrincipalId role = principals->find(edge.role), member = principals->find(edge.member);
        if (role == no_principal || member == no_principal) continue;
        if (edge.admin && principals->runners.contains(edge.member)) continue;  // CREATE ROLE made it so
        options[{role, member}] |= options_of(edge, principals->all[member]);
    }
    std::vector<Membership> memberships;
    memberships.reserve(options.size());
    for (const auto& [edge, bits] : options) memberships.push_back({edge.first, edge.second, no_principal, bits});
    if (const PrincipalId dba = principals->find("DBA"); dba != no_principal)
        mark_superusers(principals->all, memberships, dba);
    return RoleGraph(std::move(principals->all), std::move(memberships));
}

Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table) {
    const std::optional<std::string> in = schema.empty() ? std::nullopt : std::optional(std::string(schema));
    const std::optional<std::string> name = std::string(table);
    const std::optional<std::string> names[] = {in, in, in, name, name, in, name};
    return first_table(connection, sql::find_table, names);
}

// A schema is a user here, so that ROOST was made by somebody who may make users, and who could do everything anyway.
Result<void> ledger_is_safe(Connection&) { return {}; }

}  // namespace roost::oracle
