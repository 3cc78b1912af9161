#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "db/jdbc.hpp"
#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

constexpr std::string_view prefix = "jdbc:postgresql:";

// Parameters of pgjdbc that are libpq's key words under another name.
constexpr std::pair<std::string_view, std::string_view> renamed[] = {
    {"user", "user"},
    {"sslrootcert", "sslrootcert"},
    {"sslcert", "sslcert"},
    {"sslkey", "sslkey"},
    {"connectTimeout", "connect_timeout"},  // seconds in both
    {"ApplicationName", "application_name"},
    {"channelBinding", "channel_binding"},
};
constexpr std::string_view kept[] = {"user",           "password", "ssl",           "sslmode",        "sslrootcert",
                                     "sslcert",        "sslkey",   "currentSchema", "connectTimeout", "ApplicationName",
                                     "channelBinding", "options"};
// Source: pgjdbc's org.postgresql.PGProperty.
constexpr std::string_view of_java[] = {"assumeMinServerVersion",
                                        "binaryTransfer",
                                        "binaryTransferDisable",
                                        "binaryTransferEnable",
                                        "databaseMetadataCacheFields",
                                        "databaseMetadataCacheFieldsMiB",
                                        "defaultRowFetchSize",
                                        "logUnclosedConnections",
                                        "loggerFile",
                                        "loggerLevel",
                                        "prepareThreshold",
                                        "preparedStatementCacheQueries",
                                        "preparedStatementCacheSizeMiB",
                                        "reWriteBatchedInserts",
                                        "stringtype",
                                        "tcpKeepAlive",  // libpq sees to that unasked
                                        "unknownLength"};
constexpr std::string_view one_host = "the URL names one host, so there is nothing to choose";
constexpr std::string_view of_classes = "it names a class of Java's: give sslmode, and sslrootcert, a PEM file";
constexpr std::string_view single_sign_on = "log in with a password or a certificate, or give odbc";
constexpr jdbc::NotTaken not_taken[] = {
    {"loginTimeout", "give connectTimeout, in seconds"},
    {"socketTimeout", "after a time-out of the client's the statement may still commit"},
    {"readOnly", "roost writes"},
    {"targetServerType", one_host},
    {"loadBalanceHosts", one_host},
    {"hostRecheckSeconds", one_host},
    {"sslfactory", of_classes},
    {"sslhostnameverifier", of_classes},
    {"sslpasswordcallback", of_classes},
    {"socketFactory", of_classes},
    {"sslpassword", "give sslkey, a file without a password"},
    {"gsslib", single_sign_on},
    {"jaasApplicationName", single_sign_on},
    {"kerberosServerName", single_sign_on},
};
constexpr std::string_view ssl_modes[] = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"};

Result<void> check_values(const std::vector<jdbc::Parameter>& parameters) {
    const std::string seconds = jdbc::value_of(parameters, "connectTimeout");
    if (seconds.size() > 9 || seconds.find_first_not_of("0123456789") != std::string::npos)
        return misuse("connectTimeout is no whole number", "give it in seconds");
    return {};
}

// As pgjdbc reads ssl and sslmode, but that a contradiction is refused.
Result<std::string> ssl_mode(const std::vector<jdbc::Parameter>& parameters) {
    const bool given = std::ranges::find(parameters, "ssl", &jdbc::Parameter::name) != parameters.end();
    const std::string ssl = jdbc::value_of(parameters, "ssl");
    const std::string mode = jdbc::value_of(parameters, "sslmode");
    if (given && !ssl.empty() && ssl != "true" && ssl != "false")
        return misuse("ssl is neither true nor false", "give sslmode");
    const bool wanted_ssl = given && ssl != "false";
    if (mode.empty()) return std::string(wanted_ssl ? "verify-full" : "prefer");
    if (std::ranges::find(ssl_modes, mode) == std::end(ssl_modes))
        return misuse("sslmode has no such value", fmt::format("known are {}", fmt::join(ssl_modes, ", ")));
    if (wanted_ssl && (mode == "disable" || mode == "allow" || mode == "prefer"))
        return misuse(fmt::format("ssl=true and sslmode={} contradict each other", mode), "take one of them out");
    return mode;
}

// "-c search_path=…" for start-up options, where a backslash keeps the blank after it. Source: libpq, "options".
std::string search_path_option(std::string_view schemas) {
    std::string option = "-c search_path=";
    for (const char c : schemas) {
        if (c == '\\' || std::string_view(" \t\n\r\f\v").contains(c)) option += '\\';
        option += c;
    }
    return option;
}

}  // namespace

bool takes(std::string_view url) { return url.starts_with(prefix); }

Result<ConnectionParts> from_url(std::string_view url) {
    std::string_view rest = url.substr(prefix.size());
    const auto question = std::min(rest.find('?'), rest.size());
    const auto parameters = jdbc::parameters(rest.substr(std::min(question + 1, rest.size())));
    if (!parameters) return fail(parameters.error());
    if (auto known = jdbc::check_known(*parameters, kept, of_java, not_taken); !known)
        return fail(std::move(known.error()));
    if (auto checked = check_values(*parameters); !checked) return fail(std::move(checked.error()));
    rest = rest.substr(0, question);

    jdbc::Authority at;
    if (rest.starts_with("//")) {
        const auto slash = std::min(rest.find('/', 2), rest.size());
        auto found = jdbc::authority(rest.substr(2, slash - 2));
        if (!found) return fail(std::move(found.error()));
        at = std::move(*found);
        rest.remove_prefix(slash);
    }
    if (rest.starts_with('/')) rest.remove_prefix(1);
    const auto database = jdbc::form_decoded(rest);
    if (!database) return fail(database.error());
    const auto mode = ssl_mode(*parameters);
    if (!mode) return fail(mode.error());

    ConnectionParts parts;
    parts.attributes = {{"Driver", "{PostgreSQL Unicode}"},
                        {"Server", at.host.empty() ? "localhost" : at.host},
                        {"Port", at.port.empty() ? "5432" : at.port},
                        {"Protocol", "7.4-0"},
                        {"sslmode", *mode}};
    // psqlodbc takes braces off passwords only, so that a database or user with a ; in its name fits in pqopt alone.
    if (!database->empty()) set(parts.pqopt, "dbname", *database);
    for (const auto& [name, key] : renamed)
        if (const std::string value = jdbc::value_of(*parameters, name); !value.empty()) set(parts.pqopt, key, value);
    if (const std::string password = jdbc::value_of(*parameters, "password"); !password.empty())
        parts.attributes.push_back({"Pwd", braced(password)});
    add_options(parts.pqopt, jdbc::value_of(*parameters, "options"));
    if (const std::string schemas = jdbc::value_of(*parameters, "currentSchema"); !schemas.empty())
        add_options(parts.pqopt, search_path_option(schemas));
    return parts;
}

}  // namespace roost::postgresql
