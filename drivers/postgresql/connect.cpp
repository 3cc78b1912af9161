#include "odbc/connect.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "db/address.hpp"
#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

// Defaults of every session. As start-up options they cost no round trip, and RESET ALL goes back to them: psqlodbc
// sets DateStyle, extra_float_digits and client_encoding with SET, which RESET ALL undoes. The lexer reads strings as
// standard_conforming_strings has them.
constexpr std::string_view session_options =
    "-c client_encoding=UTF8 -c DateStyle=ISO -c extra_float_digits=2 -c standard_conforming_strings=on "
    "-c client_min_messages=warning";
// Ends what a killed client left running. A server whose platform cannot watch a socket (Windows) refuses a connection
// that asks for it.
constexpr std::string_view watching = "client_connection_check_interval";

Result<ConnectionParts> from_odbc(std::string_view text) {
    auto found = attributes(text);
    if (!found) return fail(std::move(found.error()));
    ConnectionParts parts;
    parts.attributes = std::move(*found);
    if (const Attribute* pqopt = find(parts.attributes, "pqopt")) {
        auto words = key_words(pqopt->value());
        if (!words) return fail(std::move(words.error()));
        parts.pqopt = std::move(*words);
        std::erase_if(parts.attributes, [](const Attribute& attribute) { return attribute.is("pqopt"); });
    }
    const Attribute* protocol = find(parts.attributes, "Protocol");
    if (!protocol)
        parts.attributes.push_back({"Protocol", "7.4-0"});
    else if (protocol->value() != "7.4-0")
        return misuse(
            "the connection string asks for another Protocol than 7.4-0",
            "leave it out: with any other, psqlodbc skips a failed statement of a transaction and commits the rest");
    return parts;
}

// The account, where url or odbc does not name one itself.
Result<void> add_account(ConnectionParts& parts, const Target& target) {
    const std::string user = given(parts, "user", {"Uid", "Username"});
    const std::string password = given(parts, "password", {"Pwd", "Password"});
    const auto added = added_account(target, user, password);
    if (!added) return fail(added.error());
    if (!added->user.empty()) set(parts.pqopt, "user", added->user);
    if (!added->password.empty()) set(parts.attributes, "Pwd", braced(added->password));
    return {};
}

Result<std::unique_ptr<Connection>> open(const ConnectionParts& parts, std::string_view options) {
    return odbc::connect({.connection_string = Secret(connection_string(parts, options)), .manual_commit_aborts = true},
                         driver.info.package);
}

}  // namespace

Result<ConnectionParts> wanted(const Target& target) {
    const std::string& url = target.url.reveal();
    if (url.empty() == target.odbc.empty()) return misuse("give either url or odbc", "one address, and one only");
    if (!url.empty() && !takes(url))
        return misuse("the URL is not one of PostgreSQL", "it begins with jdbc:postgresql:");
    auto parts = url.empty() ? from_odbc(target.odbc.reveal()) : from_url(url);
    if (!parts) return parts;
    if (auto added = add_account(*parts, target); !added) return fail(std::move(added.error()));
    const bool named =
        std::ranges::find(parts->pqopt, "application_name", &KeyWords::value_type::first) != parts->pqopt.end();
    if (!named && !target.application.empty()) set(parts->pqopt, "application_name", target.application);
    return parts;
}

std::string given(const ConnectionParts& parts, std::string_view word, std::initializer_list<std::string_view> keys) {
    const auto found = std::ranges::find(parts.pqopt, word, &KeyWords::value_type::first);
    if (found != parts.pqopt.end()) return found->second;
    for (const auto key : keys)
        if (const Attribute* attribute = find(parts.attributes, key)) return attribute->value();
    return {};
}

void add_options(KeyWords& words, std::string_view options) {
    if (options.empty()) return;
    const auto found = std::ranges::find(words, "options", &KeyWords::value_type::first);
    set(words, "options", found == words.end() ? std::string(options) : fmt::format("{} {}", found->second, options));
}

std::string connection_string(ConnectionParts parts, std::string_view options) {
    add_options(parts.pqopt, options);
    std::string text;
    for (const Attribute& attribute : parts.attributes) text += fmt::format("{}={};", attribute.key, attribute.text);
    return text + "pqopt=" + braced(to_string(parts.pqopt));
}

std::vector<Secret> secrets(const Target& target) {
    std::vector<Secret> found;
    const auto parts = wanted(target);
    if (!parts) return found;
    for (const Attribute& attribute : parts->attributes)
        if (attribute.is("Pwd") || attribute.is("Password")) found.emplace_back(attribute.value());
    for (const auto& [word, value] : parts->pqopt)
        if (word == "password" || word == "sslpassword") found.emplace_back(value);
    return found;
}

Result<void> check(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    return {};
}

Result<std::unique_ptr<Connection>> connect(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    std::string options(session_options);
    if (target.lock_wait.count() > 0) options += fmt::format(" -c lock_timeout={}", target.lock_wait.count());
    auto connection = open(*parts, fmt::format("{} -c {}=1000", options, watching));
    if (connection || !connection.error().message.contains(watching)) return connection;
    return open(*parts, options);
}

}  // namespace roost::postgresql
