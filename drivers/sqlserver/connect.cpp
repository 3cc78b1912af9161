#include "odbc/connect.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "db/address.hpp"
#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {
namespace {

std::string value_of(const Attributes& attributes, std::string_view key) {
    const Attribute* found = find(attributes, key);
    return found ? found->value() : std::string{};
}

// By the names that Microsoft registers, or its file, which unixODBC finds in any case of letters. Every other driver
// is taken as FreeTDS, under whatever name: of that one it is known what it passes over.
bool is_microsofts(const Attributes& attributes) {
    const std::string name = lower_ascii(value_of(attributes, "Driver"));
    const bool registered = name.starts_with("odbc driver ") && name.ends_with(" for sql server");
    return registered || name.contains("libmsodbcsql");
}

// Driver 18 asks for TLS where nothing is said.
bool asks_unasked(const Attributes& attributes) {
    const std::string name = lower_ascii(value_of(attributes, "Driver"));
    return name.starts_with("odbc driver 18 ") || name.contains("libmsodbcsql-18");
}

Result<void> check_tls(const Attributes& attributes) {
    if (is_microsofts(attributes)) return {};
    for (const std::string_view word : {"Encrypt", "TrustServerCertificate", "HostNameInCertificate"})
        if (find(attributes, word))
            return misuse(
                fmt::format("the connection string gives {} to FreeTDS, which passes over it", word),
                "write Encryption=require, and ServerCertificate=system or a PEM file; the other is a word of "
                "Microsoft's driver, which is known by its name: Driver={ODBC Driver 18 for SQL Server}");
    const Attribute* certificate = find(attributes, "ServerCertificate");
    const std::string encryption = lower_ascii(value_of(attributes, "Encryption"));
    if (encryption == "strict")
        return misuse("the connection string asks FreeTDS for Encryption=strict, and FreeTDS 1.3 has no TDS 8",
                      "take Microsoft's driver 18, with Encrypt=strict");
    if (!certificate) return {};
    if (encryption != "require" || !find(attributes, "Server"))
        return misuse("the connection string gives ServerCertificate without Server and Encryption=require",
                      "a certificate is only checked where TLS is required of a server that is named");
    const auto harmless = [](const Attribute* attribute) {
        return !attribute || attribute->value().find_first_of("\n\r#;") == std::string::npos;
    };
    if (harmless(certificate) && harmless(find(attributes, "Server")) && harmless(find(attributes, "Port"))) return {};
    return misuse(
        "the connection string gives FreeTDS a file or host with a character that its configuration cannot hold",
        "take # ; and line ends out of it");
}

// FreeTDS 1.3 ends a value in braces at the first }; and leaves }} as it stands; without braces it ends at the first ;.
Result<void> as_freetds_reads(Attribute& attribute) {
    const std::string value = attribute.value();
    const bool plain = !value.empty() && !value.contains(';') && !value.starts_with('{') && !value.starts_with(' ') &&
                       !value.ends_with(' ');
    if (!plain && value.contains('}'))
        return misuse(fmt::format("{} holds a }} beside a ; or blanks, which FreeTDS cannot be told", attribute.key),
                      "choose another, or give odbc with Microsoft's driver");
    attribute.text = plain ? value : "{" + value + "}";
    return {};
}

Result<Attributes> from_odbc(std::string_view text) {
    auto found = attributes(text);
    if (!found) return found;
    const auto complete = [&](std::string_view key, std::string_view value) {
        if (!find(*found, key)) found->push_back({std::string(key), std::string(value)});
    };
    if (is_microsofts(*found) || find(*found, "Servername")) return found;
    if (find(*found, "Driver")) complete("TDS_Version", "7.4");  // a data source may say which
    complete("ClientCharset", "UTF-8");                          // else it is ISO-8859-1
    return found;
}

// The account, where the address does not name one itself.
Result<void> add_account(Attributes& attributes, const Target& target) {
    const auto added = added_account(target, value_of(attributes, "UID"), value_of(attributes, "PWD"));
    if (!added) return fail(added.error());
    if (!added->user.empty()) set(attributes, "UID", braced(added->user));
    if (!added->password.empty()) set(attributes, "PWD", braced(added->password));
    return {};
}

}  // namespace

Result<Attributes> wanted(const Target& target) {
    const std::string& url = target.url.reveal();
    if (url.empty() == target.odbc.empty()) return misuse("give either url or odbc", "one address, and one only");
    if (!url.empty() && !takes(url))
        return misuse("the URL is not one of SQL Server", "it begins with jdbc:sqlserver://");
    auto parts = url.empty() ? from_odbc(target.odbc.reveal()) : from_url(url);
    if (!parts) return parts;
    if (auto kept = check_tls(*parts); !kept) return fail(std::move(kept.error()));
    if (auto added = add_account(*parts, target); !added) return fail(std::move(added.error()));
    if (!find(*parts, "APP") && !target.application.empty()) set(*parts, "APP", braced(target.application));
    if (is_microsofts(*parts)) return parts;
    for (Attribute& attribute : *parts)
        if (!attribute.is("Driver") && attribute.text.starts_with('{'))
            if (auto told = as_freetds_reads(attribute); !told) return fail(std::move(told.error()));
    return parts;
}

std::string connection_string(const Attributes& attributes) {
    std::string text;
    for (const Attribute& attribute : attributes) text += fmt::format("{}={};", attribute.key, attribute.text);
    return text;
}

std::vector<Secret> secrets(const Target& target) {
    std::vector<Secret> found;
    const auto parts = wanted(target);
    if (!parts) return found;
    for (const Attribute& attribute : *parts)
        if (attribute.is("PWD") || attribute.is("Password")) found.emplace_back(attribute.value());
    return found;
}

bool asks_for_tls(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return false;
    const std::string encrypt = lower_ascii(value_of(*parts, is_microsofts(*parts) ? "Encrypt" : "Encryption"));
    for (const std::string_view asked : {"require", "strict", "yes", "true", "mandatory"})
        if (encrypt == asked) return true;
    return encrypt.empty() && asks_unasked(*parts);
}

bool is_local(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return false;
    std::string host = value_of(*parts, "Server");
    if (host.starts_with("tcp:")) host.erase(0, 4);
    host.resize(std::min(host.find_first_of(",\\"), host.size()));
    return host == "." || host == "(local)" || is_loopback(host);
}

Result<void> check(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    return {};
}

Result<std::unique_ptr<Connection>> connect(const Target& target) {
    auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    const std::string conf = is_microsofts(*parts) ? std::string{} : freetds_conf(*parts);
    const FreetdsConf file(conf);
    if (!conf.empty() && !file.made())
        return fail({.message = "FreeTDS cannot be told to check the server's certificate: no file in memory"});
    auto connection = odbc::connect({.connection_string = Secret(connection_string(*parts)),
                                     .transaction = {.begin = "SET XACT_ABORT ON; BEGIN TRANSACTION",
                                                     .commit = "COMMIT TRANSACTION",
                                                     .rollback = "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION"},
                                     .numbered = true,
                                     .lines = true},
                                    driver.info.package);
    if (!connection) return connection;
    const auto wait = target.lock_wait.count();
    auto begun = (*connection)->execute(start_sql(wait > 0 ? std::to_string(wait) : "-1"));
    if (!begun) return fail(std::move(begun.error()));
    return connection;
}

}  // namespace roost::sqlserver
