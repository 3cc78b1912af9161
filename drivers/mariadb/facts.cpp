#include <fmt/format.h>

#include <array>
#include <charconv>

#include "drivers/mariadb/parts.hpp"
#include "mariadb_sql.hpp"

namespace roost::mariadb {
namespace {

constexpr int oldest[] = {10, 5};

// "10.11.19" of "10.11.19-MariaDB-0+deb12u1-log".
std::string plain_version(std::string_view version) { return std::string(version.substr(0, version.find('-'))); }

bool too_old(std::string_view version) {
    std::array<int, 2> numbers{};
    for (int& number : numbers) {
        const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
        version.remove_prefix(std::min(version.size(), static_cast<std::size_t>(end - version.data()) + 1));
    }
    return numbers[0] < oldest[0] || (numbers[0] == oldest[0] && numbers[1] < oldest[1]);
}

// A server has no name of its own that stays: in a Galera cluster the cluster's counts, else host and port.
std::string id_of(const Rows& rows) {
    const std::string cluster = rows.text(0, 3);
    const std::string server = cluster.empty() ? rows.text(0, 4) + ":" + rows.text(0, 5) : cluster;
    return server + "/" + rows.text(0, 2);
}

// A line of SHOW GRANTS that lets the account write default roles of others: UPDATE on mysql or on everything. Granted
// roles begin with a backtick. A pattern that would match mysql counts for nothing.
bool gives_update(std::string_view line) {
    const auto on = line.find(" ON ");
    if (!line.starts_with("GRANT ") || line.starts_with("GRANT `") || on == std::string_view::npos) return false;
    const std::string_view rights = line.substr(6, on - 6), where = line.substr(on + 4);
    if (!where.starts_with("*.* TO ") && !where.starts_with("`mysql`.* TO ")) return false;
    return rights == "ALL PRIVILEGES" || fmt::format(", {},", rights).contains(", UPDATE,");
}

Result<bool> sets_defaults(Connection& connection) {
    bool found = false;
    const auto done = connection.query(
        sql::own_grants, {}, [&](std::span<const Cell> row) { found = found || gives_update(row[0].value_or("")); });
    if (!done) return fail(done.error());
    return found;
}

// What it may read, and its own name: an account @% is called by its user alone, unless a role is called so.
Result<void> add_account(Connection& connection, const Account& account, ServerFacts& facts) {
    facts.account = name_of(account);
    const std::optional<std::string> name[] = {account.user};
    const auto rows = read(connection, sql::sees, name);
    if (rows) {
        if (rows->text(0, 0) == "1" && facts.account == account.user) facts.account += "@%";
    } else if (diagnose(rows.error()).fault == Fault::denied) {
        facts.unseen =
            fmt::format("{}: `roost init --grants` prints what to grant on mysql.user and mysql.roles_mapping",
                        rows.error().message);
    } else {
        return fail(rows.error());
    }
    facts.own_roles = {facts.account};
    return {};
}

}  // namespace

Result<ServerFacts> facts(Connection& connection, const Target& target) {
    const auto rows = read(connection, sql::facts);
    if (!rows) return fail(rows.error());
    ServerFacts found;
    found.version = plain_version(rows->text(0, 0));
    if (too_old(found.version))
        return fail({.message = fmt::format("the server is MariaDB {}", found.version),
                     .advice = fmt::format("roost needs {}.{} or later", oldest[0], oldest[1])});
    found.database = rows->text(0, 2);
    found.schema = rows->text(0, 6);
    if (found.database.empty())
        return fail({.kind = ErrorKind::usage,
                     .message = "no database is selected",
                     .advice = "name it: jdbc:mariadb://host:3306/database, or Database= in the connection string"});
    found.database_id = id_of(*rows);
    const bool encrypted = !rows->text(0, 7).empty(), near = rows->text(0, 8) == "1";
    found.clear_text = !encrypted && !(near && first_hop_is_safe(target));
    found.membership_options = option::admin | option::default_role;
    found.one_default = true;
    const auto sets = sets_defaults(connection);
    if (!sets) return fail(sets.error());
    found.sets_defaults = *sets;
    const auto account = account_in(rows->text(0, 1));
    if (auto added = add_account(connection, account.value_or(Account{rows->text(0, 1), "%"}), found); !added)
        return fail(std::move(added.error()));
    return found;
}

// The dictionary shows only tables on which the account has rights: whether one is there at all, only using it tells.
Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table) {
    const std::string name = schema.empty() ? quote(table) : quote(schema) + "." + quote(table);
    const auto rows = read(connection, fmt::format("SELECT 1 FROM {} LIMIT 0", name));
    if (rows) return TableName{std::string(schema), std::string(table)};
    constexpr int no_such_table = 1146, no_such_database = 1049, none_selected = 1046;
    const int native = rows.error().native;
    if (native == no_such_table || native == no_such_database || native == none_selected) return std::nullopt;
    return fail(rows.error());
}

}  // namespace roost::mariadb
