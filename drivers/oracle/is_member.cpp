#include <fmt/format.h>

#include <set>
#include <unordered_map>

#include "drivers/oracle/parts.hpp"
#include "oracle_sql.hpp"

namespace roost::oracle {
namespace {

// member -> role, for those that lead anywhere.
using Ways = std::unordered_multimap<std::string, std::string>;

// Accounts that run roost: CREATE ROLE made them administrators of their roles, and not members.
using Runners = std::set<std::string>;

void add(Ways& ways, const Runners& runners, const std::string& member, const std::string& role, bool admin) {
    const bool only_administers = admin && runners.contains(member);
    if (!only_administers) ways.emplace(member, role);
}

// The account itself, and the principal that is asked about, if it has run roost.
Result<Runners> runners(Connection& connection, const ServerFacts& facts, const std::string& principal) {
    Runners found = {facts.account};
    const auto there = find_table(connection, "ROOST", "RUN");
    if (!there) return fail(there.error());
    if (!*there) return found;
    const std::optional<std::string> name[] = {principal};
    const auto rows = read(connection, sql::is_runner, name);
    if (!rows) return fail(rows.error());
    if (!rows->empty()) found.insert(principal);
    return found;
}

bool leads(const Ways& ways, const std::string& from, const std::string& to, bool is_user) {
    std::vector<std::string> queue = {from};
    if (is_user) queue.emplace_back("PUBLIC");
    std::set<std::string> seen(queue.begin(), queue.end());
    for (std::size_t at = 0; at < queue.size(); ++at) {
        const auto [first, last] = ways.equal_range(std::string(queue[at]));
        for (auto way = first; way != last; ++way) {
            if (way->second == to) return true;
            if (seen.insert(way->second).second) queue.push_back(way->second);
        }
    }
    return false;
}

std::unexpected<Error> missing(std::string_view kind, std::string_view name) {
    return fail({.message = fmt::format("{} {} does not exist", kind, quote(name)),
                 .advice = "unquoted names are stored in capitals",
                 .native = 1919});
}

// For an account that may not read the DBA_ views: of itself alone.
Result<bool> own_membership(Connection& connection, const ServerFacts& facts, const std::string& role,
                            const std::string& principal) {
    if (principal != facts.account)
        return fail({.message = fmt::format("the account cannot see the roles of {}", quote(principal)),
                     .advice = facts.unseen});
    const auto rows = read(connection, sql::own_edges);
    if (!rows) return fail(rows.error());
    Ways ways;
    for (std::size_t i = 0; i < rows->rows.size(); ++i)
        add(ways, {facts.account}, rows->text(i, 0), rows->text(i, 1), rows->text(i, 2) == "YES");
    return leads(ways, principal, role, true);
}

}  // namespace

Result<bool> is_member(Connection& connection, const ServerFacts& facts, std::string_view role,
                       std::string_view principal) {
    const std::string asked(role), who(principal);
    if (!facts.unseen.empty()) return own_membership(connection, facts, asked, who);
    const std::optional<std::string> names[] = {asked, who, who, who};
    const auto rows = read(connection, sql::is_member, names);
    if (!rows) return fail(rows.error());
    const auto running = runners(connection, facts, who);
    if (!running) return fail(running.error());
    bool is_role = false, is_user = false, is_principal = false;
    Ways ways;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        const std::string kind = rows->text(i, 0);
        is_role = is_role || kind == "role";
        is_user = is_user || kind == "user";
        is_principal = is_principal || kind == "principal";
        if (kind == "edge") add(ways, *running, rows->text(i, 1), rows->text(i, 2), rows->text(i, 3) == "YES");
    }
    if (!is_role) return missing("role", role);
    if (!is_user && !is_principal) return missing("user or role", principal);
    return leads(ways, who, asked, is_user);
}

}  // namespace roost::oracle
