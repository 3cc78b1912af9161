#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "db/cells.hpp"
#include "drivers/mariadb/parts.hpp"
#include "mariadb_sql.hpp"

namespace roost::mariadb {
namespace {

// What the server and the big providers make for themselves. Source: their documentation; no provider's was at hand.
constexpr std::string_view provider_users[] = {"azure_superuser",  "cloudsqladmin", "mariadb.sys",      "mysql",
                                               "mysql.infoschema", "mysql.session", "mysql.sys",        "rdsadmin",
                                               "rdsrepladmin",     "rdstopmgr",     "sql_operator_root"};
static_assert(std::ranges::is_sorted(provider_users));

constexpr std::int64_t is_role = 1, is_super = 2;

std::string text(const Cell& cell) { return std::string(cell.value_or("")); }

// As the dictionary knows them: a role has no host.
std::string key_of(std::string_view user, std::string_view host) { return fmt::format("{}\n{}", host, user); }

struct Dictionary {
    std::vector<Principal> principals;
    std::vector<std::string> default_roles;
    std::unordered_map<std::string, PrincipalId> by_key;
    std::unordered_set<PrincipalId> runners;  // accounts that have run roost, the one that reads included

    PrincipalId find(std::string_view user, std::string_view host) const {
        const auto found = by_key.find(key_of(user, host));
        return found == by_key.end() ? no_principal : found->second;
    }
    void add(std::string_view user, std::string_view host, Principal principal, std::string default_role) {
        by_key.emplace(key_of(user, host), static_cast<PrincipalId>(principals.size()));
        principals.push_back(std::move(principal));
        default_roles.push_back(std::move(default_role));
    }
};

bool belongs_to_the_system(std::string_view user, bool superuser) {
    return user.empty() || (user == "root" && superuser) || std::ranges::binary_search(provider_users, user);
}

// A role whose name holds an @ cannot be told from an account, so nobody can name it to roost.
Principal role_named(std::string_view name, std::int64_t attributes) {
    const bool odd = name.contains('@');
    return {.name = odd ? quote(name) : std::string(name),
            .comment = {},
            .system = odd || name == "PUBLIC",
            .alias = {},
            .attributes = static_cast<std::uint64_t>(attributes)};
}

Principal account_named(const Account& account, std::int64_t attributes) {
    const bool superuser = (attributes & is_super) != 0;
    return {.name = name_of(account),
            .comment = {},
            .kind = PrincipalKind::user,
            .superuser = superuser,
            .system = belongs_to_the_system(account.user, superuser),
            .alias = {},
            .attributes = static_cast<std::uint64_t>(attributes)};
}

// Where a role has the name, the account @% is called by its host; else it can be called so as well.
void settle_names(Dictionary& found) {
    std::unordered_set<std::string_view> roles;
    for (const Principal& principal : found.principals)
        if (principal.kind == PrincipalKind::role) roles.insert(principal.name);
    for (Principal& principal : found.principals) {
        if (principal.kind != PrincipalKind::user || account_in(principal.name)) continue;
        const std::string full = principal.name + "@%";
        if (roles.contains(principal.name))
            principal.name = full;
        else
            principal.alias = full;
    }
}

Result<Dictionary> read_principals(Connection& connection) {
    Dictionary found;
    const auto done = connection.query(sql::roles, {}, [&](std::span<const Cell> row) {
        const auto user = row[0].value_or(""), host = row[1].value_or("");
        const std::int64_t attributes = number(row[3]);
        found.add(user, host,
                  attributes & is_role ? role_named(user, attributes)
                                       : account_named({std::string(user), std::string(host)}, attributes),
                  text(row[2]));
    });
    if (!done) return fail(done.error());
    settle_names(found);
    return found;
}

Account whole(std::string_view account) { return account_in(account).value_or(Account{std::string(account), "%"}); }

// The marks of roles that are no more count for nothing.
Result<void> read_marks(Connection& connection, Dictionary& found) {
    const auto exists = find_table(connection, "roost", "role");
    if (!exists) return fail(exists.error());
    if (!*exists) return {};
    return connection.query(sql::marks, {}, [&](std::span<const Cell> row) {
        const std::string_view name = row[1].value_or("");
        if (row[0] == "runner") {
            const Account runner = whole(name);
            found.runners.insert(found.find(runner.user, runner.host));
        } else if (const PrincipalId role = found.find(name, ""); role != no_principal) {
            found.principals[role].comment = text(row[2]);
        }
    });
}

struct Edge {
    std::string role, user, host;
    bool admin = false;
};

Result<std::vector<Edge>> read_edges(Connection& connection) {
    std::vector<Edge> edges;
    const auto done = connection.query(sql::memberships, {}, [&](std::span<const Cell> row) {
        edges.push_back({text(row[0]), text(row[1]), text(row[2]), row[3] == "1"});
    });
    if (!done) return fail(done.error());
    return edges;
}

// A role has the rights of its roles; an account those of its default role alone, until it says SET ROLE.
std::uint32_t options_of(bool admin, bool to_role, bool is_default) {
    std::uint32_t options = admin ? option::admin : 0;
    if (to_role || is_default) options |= option::inherit | option::set;
    if (is_default) options |= option::default_role;
    return options;
}

std::vector<Membership> memberships_of(const std::vector<Edge>& edges, const Dictionary& found) {
    std::vector<Membership> memberships;
    memberships.reserve(edges.size());
    for (const Edge& edge : edges) {
        const PrincipalId role = found.find(edge.role, ""), member = found.find(edge.user, edge.host);
        if (role == no_principal || member == no_principal) continue;  // made or dropped between the two queries
        const bool to_role = found.principals[member].kind == PrincipalKind::role;
        const bool is_default = !to_role && found.default_roles[member] == edge.role;
        memberships.push_back({role, member, no_principal, options_of(edge.admin, to_role, is_default)});
    }
    return memberships;
}

// Rows that CREATE ROLE made are no memberships.
void leave_out_makers(std::vector<Membership>& rows, const Dictionary& found) {
    std::erase_if(rows, [&](const Membership& row) {
        return (row.options & option::admin) != 0 && found.runners.contains(row.member);
    });
}

// The part that an account sees which cannot read mysql.*: itself, its roles, and the roles in those.
struct OwnPart {
    Dictionary found;  // itself first
    std::vector<Membership> memberships;
};

Result<OwnPart> own_part(Connection& connection, const ServerFacts& facts) {
    const Account own = whole(facts.account);
    const std::string full = own.user + "@" + own.host;
    OwnPart part;
    Dictionary& found = part.found;
    found.add(own.user, own.host, account_named(own, 0), {});
    const auto id_of = [&](std::string_view role) {
        if (found.find(role, "") == no_principal) {
            found.add(role, "", role_named(role, is_role), {});
            found.principals.back().may_grant = false;
        }
        return found.find(role, "");
    };
    const auto done = connection.query(sql::own_roles, {}, [&](std::span<const Cell> row) {
        const bool admin = row[2] == "1", mine = row[0] == full;
        const PrincipalId role = id_of(row[1].value_or(""));
        if (admin) found.principals[role].may_grant = true;
        if (mine && admin) return;
        const PrincipalId member = mine ? 0 : id_of(row[0].value_or(""));
        part.memberships.push_back({role, member, no_principal, options_of(admin, !mine, mine && row[3] == "1")});
    });
    if (!done) return fail(done.error());
    settle_names(found);
    return part;
}

Result<RoleGraph> own_graph(Connection& connection, const ServerFacts& facts) {
    auto part = own_part(connection, facts);
    if (!part) return fail(std::move(part.error()));
    if (auto marked = read_marks(connection, part->found); !marked) return fail(std::move(marked.error()));
    return RoleGraph(std::move(part->found.principals), std::move(part->memberships));
}

bool leads(const RoleGraph& graph, PrincipalId from, std::string_view role) {
    std::vector<PrincipalId> queue = {from};
    for (std::size_t at = 0; at < queue.size(); ++at)
        for (const std::uint32_t index : graph.roles_of(queue[at])) {
            const PrincipalId next = graph.memberships()[index].role;
            if (graph.name(next) == role) return true;
            if (std::ranges::find(queue, next) == queue.end()) queue.push_back(next);
        }
    return false;
}

// Where there is no ledger, or none that may be read, nobody has.
Result<bool> has_run_roost(Connection& connection, const Account& account) {
    const std::optional<std::string> names[] = {account.user + "@" + account.host, name_of(account)};
    const auto rows = read(connection, sql::is_runner, names);
    if (rows) return rows->text(0, 0) == "1";
    const Fault fault = diagnose(rows.error()).fault;
    if (fault == Fault::missing || fault == Fault::denied) return false;
    return fail(rows.error());
}

Error no_such_principal(std::string_view name) {
    return {.message = fmt::format("role or account {} does not exist", quote(name)),
            .advice = "names are exact, capitals included; an account that is not @% is named with its host",
            .native = 1959};
}

Result<bool> is_own(Connection& connection, const ServerFacts& facts, std::string_view role,
                    std::string_view principal) {
    auto part = own_part(connection, facts);
    if (!part) return fail(std::move(part.error()));
    const RoleGraph graph(std::move(part->found.principals), std::move(part->memberships));
    const auto self = graph.find(facts.account);
    if (!self || graph.find(principal) != self)
        return fail({.message = fmt::format("whether {} has it cannot be seen: {}", quote(principal), facts.unseen)});
    return leads(graph, *self, role);
}

}  // namespace

Result<RoleGraph> graph(Connection& connection, const ServerFacts& facts) {
    if (!facts.unseen.empty()) return own_graph(connection, facts);
    // Memberships first: one that is granted to a new role between the two queries is then not seen, rather than seen
    // without its role.
    const auto edges = read_edges(connection);
    if (!edges) return fail(edges.error());
    auto found = read_principals(connection);
    if (!found) return fail(found.error());
    if (auto marked = read_marks(connection, *found); !marked) return fail(std::move(marked.error()));
    auto memberships = memberships_of(*edges, *found);
    const Account own = whole(facts.account);
    const PrincipalId account = found->find(own.user, own.host);
    settle_rights(found->principals, memberships, account);
    found->runners.insert(account);
    leave_out_makers(memberships, *found);
    return RoleGraph(std::move(found->principals), std::move(memberships));
}

Result<bool> is_member(Connection& connection, const ServerFacts& facts, std::string_view role,
                       std::string_view principal) {
    if (!facts.unseen.empty()) return is_own(connection, facts, role, principal);
    const auto found = account_in(principal);
    const Account as_account = whole(principal);
    const auto runner = has_run_roost(connection, as_account);
    if (!runner) return fail(runner.error());
    const std::optional<std::string> values[] = {found ? std::string{} : std::string(principal),
                                                 as_account.user,
                                                 as_account.host,
                                                 *runner ? "1" : "0",
                                                 std::string(role),
                                                 std::string(role)};
    const auto rows = read(connection, sql::is_member, values);
    if (!rows) return fail(rows.error());
    if (rows->text(0, 0) != "1") return fail(no_such_principal(role));
    if (rows->text(0, 1) != "1") return fail(no_such_principal(principal));
    return rows->text(0, 2) == "1";
}

}  // namespace roost::mariadb
