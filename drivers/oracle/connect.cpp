#include "odbc/connect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "db/address.hpp"
#include "drivers/oracle/parts.hpp"

namespace roost::oracle {
namespace {

constexpr std::size_t longest_varchar = 1000;  // UTF-16 units: in no character set more than VARCHAR2's 4,000 bytes

const Attribute* user_of(const std::vector<Attribute>& parts) {
    const Attribute* found = find(parts, "UID");
    return found ? found : find(parts, "User");
}
const Attribute* password_of(const std::vector<Attribute>& parts) {
    const Attribute* found = find(parts, "PWD");
    return found ? found : find(parts, "Password");
}

// The account, where url or odbc does not name one itself.
Result<void> add_account(std::vector<Attribute>& parts, const Target& target) {
    const Attribute* user = user_of(parts);
    const Attribute* password = password_of(parts);
    const auto added =
        added_account(target, user ? user->value() : std::string(), password ? password->value() : std::string());
    if (!added) return fail(added.error());
    if (added->user.find_first_of(";{}=") != std::string::npos)
        return misuse("the user holds a character that ODBC cannot be told of", "give odbc instead of url");
    if (!added->user.empty()) set(parts, "UID", added->user);
    if (!added->password.empty()) set(parts, "PWD", braced(added->password));
    return {};
}

// Each release of the client registers its driver under another name.
std::string installed(std::string_view wanted_name) {
    const auto names = odbc::installed_drivers();
    if (std::ranges::find(names, wanted_name) != names.end()) return std::string(wanted_name);
    const auto other = std::ranges::find_if(names.rbegin(), names.rend(), [](const std::string& name) {
        return name.starts_with("Oracle") && name.contains("ODBC");
    });
    return other == names.rend() ? std::string(wanted_name) : *other;
}

Secret connection_string(std::vector<Attribute> parts, bool from_url) {
    std::string text;
    for (Attribute& part : parts) {
        if (from_url && part.is("Driver")) part.text = braced(installed(part.value()));
        text += fmt::format("{}={};", part.key, part.text);
    }
    return Secret(text);
}

// How long DDL waits for what others hold. DML waits without end: Oracle has no such limit. A server that speaks
// Oracle's language over another engine does not know the setting, and has its own limit.
Result<void> limit_waiting(Connection& connection, const Target& target) {
    if (target.lock_wait.count() <= 0) return {};
    const auto seconds = std::clamp<std::int64_t>((target.lock_wait.count() + 999) / 1000, 1, 1'000'000);
    const auto set = connection.execute(fmt::format("ALTER SESSION SET DDL_LOCK_TIMEOUT = {}", seconds));
    if (set || diagnose(set.error()).fault == Fault::syntax) return {};
    return fail(set.error());
}

// Oracle's client turns all text into the character set that NLS_LANG names, and where nobody says so into ASCII: an é
// would be a ? to the server.
void speak_unicode() { ::setenv("NLS_LANG", ".AL32UTF8", 0); }

}  // namespace

Result<std::vector<Attribute>> wanted(const Target& target) {
    const std::string& url = target.url.reveal();
    if (url.empty() == target.odbc.empty()) return misuse("give either url or odbc", "one address, and one only");
    if (!url.empty() && !takes(url)) return misuse("the URL is not one of Oracle", "it begins with jdbc:oracle:thin:");
    auto parts = url.empty() ? attributes(target.odbc.reveal()) : from_url(url);
    if (!parts) return parts;
    if (auto added = add_account(*parts, target); !added) return fail(std::move(added.error()));
    return parts;
}

std::vector<Secret> secrets(const Target& target) {
    std::vector<Secret> found;
    if (const auto parts = wanted(target))
        if (const Attribute* password = password_of(*parts)) found.emplace_back(password->value());
    return found;
}

Result<void> check(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    return {};
}

Result<std::unique_ptr<Connection>> connect(const Target& target) {
    auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    speak_unicode();
    auto connection = odbc::connect({.connection_string = connection_string(std::move(*parts), !target.url.empty()),
                                     .longest_varchar = longest_varchar},
                                    driver.info.package);
    if (!connection) {
        if (connection.error().message.contains("Can't open lib"))
            connection.error().advice =
                "install Oracle's Instant Client with its ODBC package, and register it in odbcinst.ini as {Oracle 23 "
                "ODBC "
                "driver}";
        return connection;
    }
    if (auto limited = limit_waiting(**connection, target); !limited) return fail(std::move(limited.error()));
    return connection;
}

}  // namespace roost::oracle
