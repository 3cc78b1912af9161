#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "db/jdbc.hpp"
#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

using Parameters = std::vector<jdbc::Parameter>;

constexpr std::string_view prefixes[] = {"jdbc:mariadb:", "jdbc:mysql:"};

constexpr std::string_view kept[] = {"user",
                                     "password",
                                     "sslMode",
                                     "useSsl",
                                     "useSSL",
                                     "requireSSL",
                                     "serverSslCert",
                                     "trustServerCertificate",
                                     "connectTimeout",
                                     "socketTimeout",
                                     "sessionVariables",
                                     "localSocket",
                                     "verifyServerCertificate"};
// Source: MariaDB Connector/J, "Optional URL Parameters", and MySQL Connector/J, "Configuration Properties".
constexpr std::string_view of_java[] = {"allowMultiQueries",
                                        "allowPublicKeyRetrieval",
                                        "autoReconnect",
                                        "cachePrepStmts",
                                        "characterEncoding",  // of Java's strings; roost speaks utf8mb4 always
                                        "nullCatalogMeansCurrent",
                                        "prepStmtCacheSize",
                                        "prepStmtCacheSqlLimit",
                                        "rewriteBatchedStatements",
                                        "serverTimezone",
                                        "tinyInt1isBit",
                                        "useBulkStmts",
                                        "useLegacyDatetimeCode",
                                        "useServerPrepStmts",
                                        "useUnicode",
                                        "zeroDateTimeBehavior"};
constexpr std::string_view of_stores = "that is a store of Java's: give serverSslCert, a PEM file";
constexpr std::string_view of_client = "give odbc, with SSLCERT and SSLKEY, PEM files";
constexpr jdbc::NotTaken not_taken[] = {
    {"trustStore", of_stores},
    {"trustCertificateKeyStoreUrl", of_stores},
    {"trustCertificateKeyStorePassword", of_stores},
    {"trustCertificateKeyStoreType", of_stores},
    {"keyStore", of_client},
    {"keyStorePassword", of_client},
    {"clientCertificateKeyStoreUrl", of_client},
    {"clientCertificateKeyStorePassword", of_client},
    {"disableSslHostnameVerification", "the certificate must name the host of the URL"},
    {"createDatabaseIfNotExist", "Flyway has made the database before roost comes"},
    {"credentialType", "log in with a password, or give odbc"},
    {"servicePrincipalName", "log in with a password, or give odbc"},
};

enum class Tls : std::uint8_t { off, offered, required, verified };
// Both drivers' words; each is taken from either. The connector has no check of the certificate without that of the
// host.
constexpr std::pair<std::string_view, Tls> modes[] = {
    {"disable", Tls::off},          {"trust", Tls::required},     {"verify-ca", Tls::verified},
    {"verify-full", Tls::verified}, {"DISABLED", Tls::off},       {"PREFERRED", Tls::offered},
    {"REQUIRED", Tls::required},    {"VERIFY_CA", Tls::verified}, {"VERIFY_IDENTITY", Tls::verified}};

bool given(const Parameters& parameters, std::string_view name) {
    return std::ranges::find(parameters, name, &jdbc::Parameter::name) != parameters.end();
}

// nullopt: not given.
Result<std::optional<bool>> yes_or_no(const Parameters& parameters, std::string_view name) {
    if (!given(parameters, name)) return std::nullopt;
    const std::string value = jdbc::value_of(parameters, name);
    if (value != "true" && value != "false" && !value.empty())
        return misuse(fmt::format("{} is neither true nor false", name), "give sslMode");
    return value != "false";
}

Result<std::optional<Tls>> tls_by_mode(const Parameters& parameters) {
    if (!given(parameters, "sslMode")) return std::nullopt;
    const auto* found =
        std::ranges::find(modes, jdbc::value_of(parameters, "sslMode"), &std::pair<std::string_view, Tls>::first);
    if (found == std::end(modes))
        return misuse("sslMode has no such value",
                      "known are disable, trust, verify-ca, verify-full, and MySQL's DISABLED, "
                      "PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY");
    return found->second;
}

// The older parameters. useSsl of Connector/J verifies, unless trustServerCertificate says not to; MySQL's useSSL is as
// strong as requireSSL and verifyServerCertificate make it: where they are silent, the stronger reading.
Result<std::optional<Tls>> tls_by_switches(const Parameters& parameters) {
    std::optional<bool> use, require, verify, trust;
    for (const auto& [name, into] : {std::pair{"useSsl", &use},
                                     {"useSSL", &use},
                                     {"requireSSL", &require},
                                     {"verifyServerCertificate", &verify},
                                     {"trustServerCertificate", &trust}}) {
        auto found = yes_or_no(parameters, name);
        if (!found) return fail(std::move(found.error()));
        if (*found) *into = *found;
    }
    if (trust && verify && *trust == *verify)
        return misuse("trustServerCertificate contradicts verifyServerCertificate", "give sslMode");
    if (use.value_or(false) && trust.value_or(false)) return Tls::required;
    if (!use && !require && !verify) return std::nullopt;
    if (use && !*use) {
        if (require.value_or(false) || verify.value_or(false))
            return misuse("useSsl=false contradicts requireSSL or verifyServerCertificate", "give sslMode");
        return Tls::off;
    }
    if (use.value_or(false) && require && !*require)
        return misuse("useSsl=true and requireSSL=false contradict each other", "give sslMode");
    if (verify.value_or(use.value_or(false) && !require)) return Tls::verified;
    return require.value_or(false) ? Tls::required : Tls::offered;
}

Result<Tls> tls(const Parameters& parameters) {
    const auto mode = tls_by_mode(parameters);
    if (!mode) return fail(mode.error());
    const auto switches = tls_by_switches(parameters);
    if (!switches) return fail(switches.error());
    if (*mode && *switches && **mode < **switches)
        return misuse("sslMode is weaker than useSsl, requireSSL or verifyServerCertificate", "take one of them out");
    const Tls wanted = mode->value_or(switches->value_or(Tls::offered));
    if (wanted == Tls::verified && jdbc::value_of(parameters, "serverSslCert").empty())
        return misuse("the server's certificate is to be verified, and serverSslCert is not given",
                      "name the file of the certificate authority: serverSslCert=/path/ca.pem");
    if (wanted < Tls::verified && given(parameters, "serverSslCert") && *mode)
        return misuse("serverSslCert is given, and sslMode would not look at it", "give sslMode=verify-full");
    return given(parameters, "serverSslCert") ? Tls::verified : wanted;
}

// Whole seconds, rounded up, of a time-out in milliseconds; "" where it is not given, or 0.
Result<std::string> seconds(const Parameters& parameters, std::string_view name) {
    const std::string text = jdbc::value_of(parameters, name);
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && (error != std::errc{} || end != text.data() + text.size() || text.size() > 9))
        return misuse(fmt::format("{} is no whole number", name), "give it in milliseconds");
    return value == 0 ? std::string{} : std::to_string((value + 999) / 1000);
}

Result<void> add_timeouts(const Parameters& parameters, std::vector<Attribute>& attributes) {
    for (const auto& [name, keys] :
         {std::pair<std::string_view, std::vector<std::string>>{"connectTimeout", {"CONN_TIMEOUT"}},
          {"socketTimeout", {"READ_TIMEOUT", "WRITE_TIMEOUT"}}}) {
        auto value = seconds(parameters, name);
        if (!value) return fail(std::move(value.error()));
        if (value->empty()) continue;
        for (const std::string& key : keys) attributes.push_back({key, *value});
    }
    return {};
}

// Without FORCETLS the connector uses no TLS, even where the server offers it.
void add_tls(Tls wanted, const Parameters& parameters, ConnectionParts& parts) {
    if (wanted == Tls::off) return;
    parts.attributes.push_back({"FORCETLS", "1"});
    parts.encrypted = wanted >= Tls::required;
    if (wanted < Tls::verified) return;
    parts.attributes.push_back({"SSLVERIFY", "1"});
    parts.attributes.push_back({"SSLCA", braced(jdbc::value_of(parameters, "serverSslCert"))});
}

Result<std::string> database_in(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    auto database = jdbc::form_decoded(path);
    if (!database) return database;
    if (database->empty()) return misuse("the URL names no database", "write jdbc:mariadb://host:3306/database");
    return database;
}

}  // namespace

bool takes(std::string_view url) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return url.starts_with(prefix); });
}

Result<ConnectionParts> from_url(std::string_view url) {
    std::string_view rest = url.substr(url.find(':', url.find(':') + 1) + 1);
    if (!rest.starts_with("//"))
        return misuse("the URL is not written as jdbc:mariadb://host:port/database",
                      "failover, sequential, loadbalance and the like are not taken: name one server");
    const auto question = std::min(rest.find('?'), rest.size());
    const auto parameters = jdbc::parameters(rest.substr(std::min(question + 1, rest.size())));
    if (!parameters) return fail(parameters.error());
    if (auto known = jdbc::check_known(*parameters, kept, of_java, not_taken); !known)
        return fail(std::move(known.error()));
    rest = rest.substr(2, question - 2);
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto at = jdbc::authority(rest.substr(0, slash));
    if (!at) return fail(at.error());
    const auto database = database_in(rest.substr(slash));
    if (!database) return fail(database.error());
    const auto wanted = tls(*parameters);
    if (!wanted) return fail(wanted.error());

    ConnectionParts parts;
    parts.attributes = {{"Driver", "{MariaDB Unicode}"}, {"Database", braced(*database)}};
    if (const std::string socket = jdbc::value_of(*parameters, "localSocket"); !socket.empty()) {
        parts.attributes.push_back({"Socket", braced(socket)});
    } else {
        parts.attributes.push_back({"Server", at->host.empty() ? "localhost" : at->host});
        parts.attributes.push_back({"Port", at->port.empty() ? "3306" : at->port});
    }
    for (const auto& [name, key] : {std::pair{"user", "Uid"}, {"password", "Pwd"}})
        if (const std::string value = jdbc::value_of(*parameters, name); !value.empty())
            parts.attributes.push_back({key, braced(value)});
    add_tls(*wanted, *parameters, parts);
    if (auto added = add_timeouts(*parameters, parts.attributes); !added) return fail(std::move(added.error()));
    parts.session_variables = jdbc::value_of(*parameters, "sessionVariables");
    return parts;
}

}  // namespace roost::mariadb
