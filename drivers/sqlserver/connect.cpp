#include "odbc/connect.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {
namespace {

// A name or address of the loopback.
bool is_this_machine(std::string_view host) {
    if (host.starts_with("tcp:")) host.remove_prefix(4);
    host = host.substr(0, host.find_first_of(",\\"));
    const bool address = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "::1" || host == "." || host == "(local)" ||
           (address && host.starts_with("127."));
}

// Of FreeTDS, by its registered name or its file; else it is Microsoft's driver or another.
bool is_freetds(const Attributes& attributes) {
    const Attribute* found = find(attributes, "Driver");
    const std::string name = found ? found->value() : std::string{};
    return name.contains("FreeTDS") || name.contains("libtdsodbc");
}

Result<void> check_tls(const Attributes& attributes) {
    if (!is_freetds(attributes)) return {};
    for (const std::string_view word : {"Encrypt", "TrustServerCertificate", "HostNameInCertificate"})
        if (find(attributes, word))
            return misuse(
                fmt::format("the connection string gives {} to FreeTDS, which passes over it", word),
                "write Encryption=require, and ServerCertificate=system or a PEM file; the other is a word of "
                "Microsoft's driver");
    const Attribute* certificate = find(attributes, "ServerCertificate");
    const Attribute* encryption = find(attributes, "Encryption");
    if (encryption && encryption->value() == "strict")
        return misuse("the connection string gives Encryption=strict to FreeTDS, which passes over it",
                      "FreeTDS 1.3 has no TDS 8: take Microsoft's driver 18");
    if (!certificate) return {};
    if (!encryption || encryption->value() != "require" || !find(attributes, "Server"))
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
    if (!is_freetds(*found) || find(*found, "Servername")) return found;
    complete("TDS_Version", "7.4");
    complete("ClientCharset", "UTF-8");  // else it is ISO-8859-1
    return found;
}

std::string value_of(const Attributes& attributes, std::string_view key) {
    const Attribute* found = find(attributes, key);
    return found ? found->value() : std::string{};
}

// The account, where the address does not name one itself.
Result<void> add_account(Attributes& attributes, const Target& target) {
    const std::string user = value_of(attributes, "UID"), password = value_of(attributes, "PWD");
    if (!user.empty() && !target.user.empty() && user != target.user)
        return misuse("two users are given: one in the address, one as user", "take one of them out");
    if (!password.empty() && !target.password.empty() && password != target.password.reveal())
        return misuse("two passwords are given: one in the address, one as password", "take one of them out");
    if (user.empty() && !target.user.empty()) set(attributes, "UID", braced(target.user));
    if (password.empty() && !target.password.empty()) set(attributes, "PWD", braced(target.password.reveal()));
    return {};
}

}  // namespace

void set(Attributes& attributes, std::string_view key, std::string text) {
    std::erase_if(attributes, [&](const Attribute& attribute) { return attribute.is(key); });
    attributes.push_back({std::string(key), std::move(text)});
}

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
    if (!is_freetds(*parts)) return parts;
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
    const std::string encrypt = lower_ascii(value_of(*parts, is_freetds(*parts) ? "Encryption" : "Encrypt"));
    for (const std::string_view asked : {"require", "strict", "yes", "true", "mandatory"})
        if (encrypt == asked) return true;
    // Driver 18 asks for it where nothing is said.
    return encrypt.empty() && value_of(*parts, "Driver").contains("ODBC Driver 18");
}

bool is_local(const Target& target) {
    const auto parts = wanted(target);
    return parts && is_this_machine(value_of(*parts, "Server"));
}

Result<void> check(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    return {};
}

Result<std::unique_ptr<Connection>> connect(const Target& target) {
    auto parts = wanted(target);
    if (!parts) return fail(parts.error());
    const std::string conf = is_freetds(*parts) ? freetds_conf(*parts) : std::string{};
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
