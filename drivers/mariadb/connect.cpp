#include "odbc/connect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "db/address.hpp"
#include "drivers/mariadb/parts.hpp"
#include "mariadb_sql.hpp"

namespace roost::mariadb {
namespace {

// CLIENT_MULTI_STATEMENTS: without it the connector crashes on the results of a compound statement.
constexpr std::uint32_t multi_statements = 67108864;

std::string given(const ConnectionParts& parts, std::initializer_list<std::string_view> keys) {
    for (const auto key : keys)
        if (const Attribute* attribute = find(parts.attributes, key)) return attribute->value();
    return {};
}

bool is_on(const ConnectionParts& parts, std::string_view key) {
    const std::string value = given(parts, {key});
    return !value.empty() && value != "0";
}

Result<ConnectionParts> from_odbc(std::string_view text) {
    auto found = attributes(text);
    if (!found) return fail(std::move(found.error()));
    ConnectionParts parts{.attributes = std::move(*found), .encrypted = false, .session_variables = {}};
    parts.encrypted = is_on(parts, "FORCETLS") || is_on(parts, "SSLVERIFY");
    const std::string charset = given(parts, {"CHARSET"});
    if (!charset.empty() && charset != "utf8mb4")
        return misuse("the connection string asks for another CHARSET than utf8mb4", "leave it out");
    return parts;
}

// The account, where url or odbc does not name one itself.
Result<void> add_account(ConnectionParts& parts, const Target& target) {
    const std::string user = given(parts, {"Uid", "User", "Username"});
    const std::string password = given(parts, {"Pwd", "Password"});
    const auto added = added_account(target, user, password);
    if (!added) return fail(added.error());
    const std::string& secret = added->password.empty() ? password : added->password;
    if (secret.starts_with(' ') || secret.ends_with(' '))
        return misuse("the password begins or ends with a blank, which Connector/ODBC takes off",
                      "give the account a password without");
    if (!added->user.empty()) set(parts.attributes, "Uid", braced(added->user));
    if (!added->password.empty()) set(parts.attributes, "Pwd", braced(added->password));
    return {};
}

Result<void> add_options(ConnectionParts& parts) {
    std::uint32_t options = multi_statements;
    for (const std::string_view key : {"OPTION", "OPTIONS"}) {
        const std::string text = given(parts, {key});
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (!text.empty() && (error != std::errc{} || end != text.data() + text.size()))
            return misuse(fmt::format("{} of the connection string is no number", key), "leave it out");
        options |= value;
        std::erase_if(parts.attributes, [&](const Attribute& attribute) { return attribute.is(key); });
    }
    parts.attributes.push_back({"OPTION", std::to_string(options)});
    if (!find(parts.attributes, "CHARSET")) parts.attributes.push_back({"CHARSET", "utf8mb4"});
    return {};
}

// What every session of roost's starts with. Without NO_AUTO_CREATE_USER a GRANT to an account that does not exist
// makes it, without a password. The server hangs up on whoever is silent for wait_timeout, and the lock would be lost.
std::string setup(const ConnectionParts& parts, const Target& target) {
    std::string sql;
    if (!parts.session_variables.empty()) sql = fmt::format("SET SESSION {};\n", parts.session_variables);
    sql +=
        "SET SESSION sql_mode = CONCAT(@@sql_mode, IF(@@sql_mode = '', '', ','), 'NO_AUTO_CREATE_USER'), "
        "wait_timeout = GREATEST(@@wait_timeout, 604800)";
    if (target.lock_wait.count() > 0) {
        const auto seconds = (target.lock_wait.count() + 999) / 1000;
        sql += fmt::format(", lock_wait_timeout = {0}, innodb_lock_wait_timeout = {0}", seconds);
    }
    return sql;
}

// A server that is none, or a connection in clear text where TLS was asked for: FORCETLS does not see to that itself.
Result<void> look_at(Connection& connection, const ConnectionParts& parts) {
    const auto rows = read(connection, sql::server);
    if (!rows) return fail(rows.error());
    const std::string version = rows->text(0, 0);
    if (!version.contains("MariaDB"))
        return fail({.kind = ErrorKind::usage,
                     .message = fmt::format("the server is not MariaDB: it says it is {}", version),
                     .advice = "roles of MySQL are others, and roost does not know them"});
    if (parts.encrypted && rows->text(0, 1).empty())
        return fail(
            {.message = "TLS was asked for, and the connection is in clear text: the server offers none",
             .advice = "switch TLS on at the server (ssl_cert, ssl_key); or, if it may be so, say sslMode=disable"});
    return {};
}

}  // namespace

Result<ConnectionParts> wanted(const Target& target) {
    const std::string& url = target.url.reveal();
    if (url.empty() == target.odbc.empty()) return misuse("give either url or odbc", "one address, and one only");
    if (!url.empty() && !takes(url))
        return misuse("the URL is not one of MariaDB", "it begins with jdbc:mariadb: or jdbc:mysql:");
    auto parts = url.empty() ? from_odbc(target.odbc.reveal()) : from_url(url);
    if (!parts) return parts;
    if (auto added = add_account(*parts, target); !added) return fail(std::move(added.error()));
    if (auto added = add_options(*parts); !added) return fail(std::move(added.error()));
    return parts;
}

Result<void> check(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    return {};
}

std::vector<Secret> secrets(const Target& target) {
    std::vector<Secret> found;
    const auto parts = wanted(target);
    if (!parts) return found;
    for (const Attribute& attribute : parts->attributes)
        if (attribute.is("Pwd") || attribute.is("Password")) found.emplace_back(attribute.value());
    return found;
}

bool first_hop_is_safe(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return false;
    if (parts->encrypted || find(parts->attributes, "Socket")) return true;
    return is_loopback(given(*parts, {"Server", "Servername"}));
}

Result<std::unique_ptr<Connection>> connect(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    std::string text;
    for (const Attribute& attribute : parts->attributes) text += fmt::format("{}={};", attribute.key, attribute.text);
    auto connection = odbc::connect({.connection_string = Secret(text)}, driver.info.package);
    if (!connection) return connection;
    if (auto looked = look_at(**connection, *parts); !looked) return fail(std::move(looked.error()));
    if (auto set = (*connection)->execute(setup(*parts, target)); !set) return fail(std::move(set.error()));
    return connection;
}

}  // namespace roost::mariadb
