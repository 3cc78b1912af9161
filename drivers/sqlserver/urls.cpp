#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "db/jdbc.hpp"
#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {
namespace {

constexpr std::string_view prefix = "jdbc:sqlserver://";
constexpr std::string_view known =
    "serverName, portNumber, instanceName, databaseName, user, password, encrypt, trustServerCertificate, "
    "serverCertificate, hostNameInCertificate, applicationName";

// Properties under the name that roost knows them by. Source: Microsoft's "Setting the connection properties".
constexpr std::pair<std::string_view, std::string_view> properties[] = {
    {"servername", "server"},
    {"server", "server"},
    {"portnumber", "port"},
    {"port", "port"},
    {"instancename", "instance"},
    {"databasename", "database"},
    {"database", "database"},
    {"user", "user"},
    {"username", "user"},
    {"password", "password"},
    {"encrypt", "encrypt"},
    {"trustservercertificate", "trust"},
    {"servercertificate", "pem"},
    {"applicationname", "application"},
    {"hostnameincertificate", "name in certificate"},
};

constexpr jdbc::NotTaken not_taken[] = {
    {"integratedsecurity", "log in as a user of SQL Server's, or give odbc with a driver that is set up for Kerberos"},
    {"authentication", "log in as a user of SQL Server's, or give odbc with Microsoft's driver and its Authentication"},
    {"authenticationscheme", "log in as a user of SQL Server's"},
    {"multisubnetfailover", "the URL names one host; Microsoft's driver has MultiSubnetFailover, in odbc"},
    {"failoverpartner", "the lock and the ledger must be found on the same server"},
    {"applicationintent", "roost writes: name the primary replica"},
    {"columnencryptionsetting", "roost reads no encrypted columns"},
    {"truststore", "that is a store of Java's: give serverCertificate, a PEM file, or let the system's store know it"},
    {"logintimeout", "Microsoft's driver has it in odbc"},
    {"locktimeout", "roost has --lock-wait"},
    {"querytimeout", "after a time-out of the client's the statement may still commit"},
    {"sockettimeout", "after a time-out of the client's the statement may still commit"},
};

Result<std::string> known_property(std::string_view name) {
    const std::string word = lower_ascii(name);
    if (const auto* found = std::ranges::find(properties, word, &std::pair<std::string_view, std::string_view>::first);
        found != std::end(properties))
        return std::string(found->second);
    if (const auto* found = std::ranges::find(not_taken, word, &jdbc::NotTaken::name); found != std::end(not_taken))
        return misuse(fmt::format("{} is not taken", name), std::string(found->why));
    return misuse(fmt::format("{} is no property that roost knows how to keep", name),
                  fmt::format("known are {}", known));
}

struct Url {
    std::string server;  // "host", "host:port", "host\instance:port"
    std::vector<jdbc::Parameter> properties;
    std::string get(std::string_view name, std::string_view otherwise = {}) const {
        const auto found = std::ranges::find(properties, name, &jdbc::Parameter::name);
        return found == properties.end() || found->value.empty() ? std::string(otherwise) : found->value;
    }
};

// The rest of a URL behind its server: ";name=value;name={value}", read as an ODBC connection string is.
Result<Url> parsed(std::string_view text) {
    const auto end = std::min(text.find(';'), text.size());
    Url url{std::string(text.substr(0, end)), {}};
    if (url.server.ends_with('/')) url.server.pop_back();
    auto given = attributes(text.substr(std::min(text.size(), end + 1)));
    if (!given) {
        constexpr std::string_view other = "the connection string";
        std::string& message = given.error().message;
        if (const auto at = message.find(other); at != std::string::npos) message.replace(at, other.size(), "the URL");
        given.error().advice = "write ;name=value;name=value, a value with a ; or a brace as {value} with } doubled";
        return fail(std::move(given.error()));
    }
    for (const Attribute& attribute : *given) {
        auto name = known_property(attribute.key);
        if (!name) return fail(std::move(name.error()));
        if (std::ranges::find(url.properties, *name, &jdbc::Parameter::name) != url.properties.end())
            return misuse(fmt::format("the URL gives {} twice", attribute.key), "take one of them out");
        url.properties.push_back({std::move(*name), attribute.value()});
    }
    return url;
}

struct Server {
    std::string host;
    std::string instance;
    std::string port;
};

Result<Server> server_of(const Url& url) {
    Server server;
    std::string text = url.server;
    if (const auto slash = text.find('\\'); slash != std::string::npos) {
        const auto colon = std::min(text.find(':', slash), text.size());
        server.instance = text.substr(slash + 1, colon - slash - 1);
        text.erase(slash, colon - slash);
    }
    if (text.empty()) text = url.get("server", "localhost");
    const auto at = jdbc::authority(text);
    if (!at) return fail(at.error());
    server.host = at->host;
    if (server.instance.empty()) server.instance = url.get("instance");
    const auto port = jdbc::authority("x:" + url.get("port", at->port.empty() ? "1433" : at->port));
    if (!port) return fail(port.error());
    // A port beats an instance, which only the server's browser service could tell the port of.
    const bool by_name = !server.instance.empty() && at->port.empty() && url.get("port").empty();
    if (!server.instance.empty() && !std::ranges::all_of(server.instance, [](unsigned char c) {
            return std::isalnum(c) != 0 || c == '_' || c == '$' || c == '#';
        }))
        return misuse("the URL's instance is no name of an instance", "write host\\instance, or host:port");
    if (by_name)
        server.port.clear();
    else
        server.port = port->port, server.instance.clear();
    return server;
}

Result<bool> yes_or_no(const Url& url, std::string_view name, std::string_view shown, bool otherwise) {
    const std::string value = lower_ascii(url.get(name));
    if (value.empty()) return otherwise;
    if (value == "true" || value == "false") return value == "true";
    return misuse(fmt::format("{} is neither true nor false", shown), "write true or false");
}

// What FreeTDS is told so that TLS is never weaker than Microsoft's JDBC driver would have it: `encrypt` is on unless
// it is said to be off, and then the certificate is checked unless it is said to be trusted.
Result<Attributes> tls_of(const Url& url) {
    const std::string encrypt = lower_ascii(url.get("encrypt", "true"));
    if (encrypt == "strict")
        return misuse("encrypt=strict is not taken", "FreeTDS 1.3 has no TDS 8: give odbc with Microsoft's driver 18");
    const bool on = encrypt == "true" || encrypt == "mandatory";
    if (!on && encrypt != "false" && encrypt != "optional")
        return misuse("encrypt has no such value", "known are true, false, mandatory and optional");
    const auto trusted = yes_or_no(url, "trust", "trustServerCertificate", false);
    if (!trusted) return fail(trusted.error());
    const std::string pem = url.get("pem");
    if (!pem.empty() && (!on || *trusted))
        return misuse("serverCertificate contradicts what the URL says of TLS",
                      "it is only asked for with encrypt=true and trustServerCertificate=false");
    if (!on) return Attributes{{"Encryption", "request"}};  // the password is not sent in clear text even then
    if (*trusted) return Attributes{{"Encryption", "require"}};
    return Attributes{{"Encryption", "require"}, {"ServerCertificate", pem.empty() ? "system" : braced(pem)}};
}

// FreeTDS compares the host of the URL with the certificate, and no other name. "*.example" fits any host of it.
Result<void> check_name(const Url& url, std::string_view host) {
    const std::string name = lower_ascii(url.get("name in certificate"));
    const std::string here = lower_ascii(host);
    const bool fits = name.starts_with("*.") ? here.ends_with(name.substr(1)) : here == name;
    if (name.empty() || fits) return {};
    return misuse(
        "hostNameInCertificate is not the host of the URL",
        "FreeTDS compares that one alone: name it as the certificate does, or give odbc with Microsoft's driver");
}

}  // namespace

bool takes(std::string_view url) { return url.starts_with(prefix); }

Result<std::string> with_property(std::string_view url, std::string_view name, std::string_view value) {
    return fmt::format("{};{}={}", url, name, braced(value));
}

Result<Attributes> from_url(std::string_view text) {
    const auto url = parsed(text.substr(prefix.size()));
    if (!url) return fail(url.error());
    const auto server = server_of(*url);
    if (!server) return fail(server.error());
    auto tls = tls_of(*url);
    if (!tls) return tls;
    if (auto named = check_name(*url, server->host); !named) return fail(std::move(named.error()));
    Attributes parts = {{"Driver", "{FreeTDS}"}};
    parts.push_back({"Server", server->instance.empty() ? server->host : server->host + "\\" + server->instance});
    if (!server->port.empty()) parts.push_back({"Port", server->port});
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) parts.push_back({std::string(key), braced(value)});
    };
    add("Database", url->get("database"));
    add("UID", url->get("user"));
    add("PWD", url->get("password"));
    add("APP", url->get("application"));
    parts.push_back({"TDS_Version", "7.4"});
    parts.push_back({"ClientCharset", "UTF-8"});
    std::ranges::move(*tls, std::back_inserter(parts));
    return parts;
}

}  // namespace roost::sqlserver
