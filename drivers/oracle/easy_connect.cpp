#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "db/address.hpp"
#include "db/jdbc.hpp"
#include "drivers/oracle/parts.hpp"

namespace roost::oracle {
namespace {

// Parameters of Easy Connect Plus that the JDBC driver and the client libraries both read, in this meaning. Source:
// Oracle Net Services, "Easy Connect Plus".
constexpr std::string_view known_parameters[] = {"connect_timeout",
                                                 "expire_time",
                                                 "retry_count",
                                                 "retry_delay",
                                                 "sdu",
                                                 "ssl_server_dn_match",
                                                 "ssl_server_cert_dn",
                                                 "transport_connect_timeout",
                                                 "wallet_location"};

bool is_letter_or_digit(char c) {
    const char small = lower_ascii(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9');
}

bool is_service(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_letter_or_digit(c) || (c & 0x80) != 0 || std::string_view("_.$#-/:").contains(c);
    });
}

// "a=b&c=d" as it is to stand behind the service; `tls`: the name in the server's certificate is compared unless the
// URL says not to, which client libraries before 19 would do only when told.
Result<std::string> parameters(std::string_view text, bool tls) {
    auto given = jdbc::parameters(text);
    if (!given) return fail(std::move(given.error()));
    std::string written;
    bool matched = false;
    for (const auto& [name, value] : *given) {
        const std::string key = lower_ascii(name);
        if (key == "tns_admin")
            return misuse("TNS_ADMIN is not taken in the URL", "set it as an environment variable of that name");
        if (std::ranges::find(known_parameters, key) == std::end(known_parameters))
            return misuse(fmt::format("{} is no parameter that roost knows how to keep", name),
                          fmt::format("write the address as a whole: jdbc:oracle:thin:@(DESCRIPTION=…)"));
        if (value.find_first_of("&;{}\"") != std::string::npos)
            return misuse(fmt::format("{} holds a character that an address cannot", name),
                          "write the address as a whole: jdbc:oracle:thin:@(DESCRIPTION=…)");
        matched = matched || key == "ssl_server_dn_match";
        written += fmt::format("{}{}={}", written.empty() ? "?" : "&", key, value);
    }
    if (tls && !matched) written += fmt::format("{}ssl_server_dn_match=on", written.empty() ? "?" : "&");
    return written;
}

// "tcps://", "tcp://", "//" or nothing, which is taken off.
std::string_view taken_scheme(std::string_view& text) {
    for (const std::string_view known : {"tcps://", "tcp://", "//"})
        if (lower_ascii(text.substr(0, known.size())) == known) {
            text.remove_prefix(known.size());
            return known;
        }
    return {};
}

struct Address {
    std::string host;  // in brackets where it is an IPv6 address
    std::string port;
    std::string_view rest;  // what follows: "/service", ":sid" or nothing
};

// "host", "host:port", "[::1]:port" at the front.
Result<Address> address(std::string_view text) {
    std::size_t end = text.find_first_of(":/", text.starts_with('[') ? std::min(text.find(']'), text.size()) : 0);
    if (end != std::string_view::npos && text[end] == ':') end = text.find_first_of(":/", end + 1);
    end = std::min(end, text.size());
    auto found = jdbc::authority(text.substr(0, end));
    if (!found) return fail(std::move(found.error()));
    if (found->host.empty()) return misuse("the URL names no host", "write jdbc:oracle:thin:@//host:port/service");
    return Address{found->host.contains(':') ? fmt::format("[{}]", found->host) : found->host,
                   found->port.empty() ? "1521" : found->port, text.substr(end)};
}

bool is_balanced(std::string_view text) {
    int open = 0;
    for (const char c : text) {
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (open < 0) return false;
    }
    return open == 0;
}

// What its HOST=… say, in small letters.
std::vector<std::string> hosts_in(std::string_view description) {
    std::string text = lower_ascii(description);
    std::erase_if(text, [](char c) { return std::string_view(" \t\r\n").contains(c); });
    constexpr std::string_view key = "(host=";
    std::vector<std::string> hosts;
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
        at += key.size();
        hosts.push_back(text.substr(at, text.find(')', at) - at));
    }
    return hosts;
}

Result<std::string> description(std::string_view text) {
    if (!is_balanced(text) || !text.ends_with(')'))
        return misuse("the URL's description has a parenthesis too many or too few", "write (DESCRIPTION=(…))");
    if (text.find_first_of(";{}") != std::string_view::npos)
        return misuse("the URL's description holds a ; or a brace", "ODBC cannot be told of it");
    if (hosts_in(text).size() > 1)
        return misuse("the URL names several hosts",
                      "name one: the lock and the ledger must be found on the same server");
    return std::string(text);
}

Result<std::string> by_service(std::string_view scheme, const Address& at, std::string_view more) {
    const std::string_view service = at.rest.starts_with('/') ? at.rest.substr(1) : at.rest;
    if (!is_service(service))
        return misuse("the URL names no service of the database", "write jdbc:oracle:thin:@//host:port/service");
    const bool tls = scheme == "tcps://";
    auto kept = parameters(more, tls);
    if (!kept) return kept;
    return fmt::format("{}{}:{}/{}{}", tls ? "tcps://" : "//", at.host, at.port, service, *kept);
}

Result<std::string> by_sid(const Address& at, std::string_view more) {
    const std::string_view sid = at.rest.substr(1);
    if (!is_service(sid) || sid.find_first_of(":/") != std::string_view::npos || !more.empty())
        return misuse("the URL's SID is none", "write jdbc:oracle:thin:@host:port:SID, and nothing behind it");
    return fmt::format("(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST={})(PORT={}))(CONNECT_DATA=(SID={})))", at.host,
                       at.port, sid);
}

// Of a description: each HOST of it is of the loopback, and there is one.
bool names_this_machine_alone(std::string_view description) {
    if (!is_balanced(description) || lower_ascii(description).contains("https_proxy")) return false;
    const auto hosts = hosts_in(description);
    return !hosts.empty() && std::ranges::all_of(hosts, [](const std::string& host) { return is_loopback(host); });
}

}  // namespace

Result<std::string> dbq_of(std::string_view text) {
    if (text.starts_with('(')) return description(text);
    const auto question = std::min(text.find('?'), text.size());
    const std::string_view more = text.substr(std::min(question + 1, text.size()));
    text = text.substr(0, question);
    const std::string_view scheme = taken_scheme(text);
    if (scheme.empty() && text.contains("://"))
        return misuse("the URL's address is neither tcp nor tcps", "write jdbc:oracle:thin:@//host:port/service");
    if (scheme.empty() && text.find_first_of(":/,[") == std::string_view::npos) {  // a name in tnsnames.ora
        if (!is_service(text)) return misuse("the URL has no address", "write jdbc:oracle:thin:@//host:port/service");
        if (auto kept = parameters(more, false); !kept) return kept;
        if (!more.empty()) return misuse("an alias of tnsnames.ora takes no parameters", "put them into tnsnames.ora");
        return std::string(text);
    }
    const auto at = address(text);
    if (!at) return fail(at.error());
    if (scheme.empty() && at->rest.starts_with(':')) return by_sid(*at, more);
    return by_service(scheme, *at, more);
}

bool is_this_machine(std::string_view dbq) {
    if (dbq.starts_with('(')) return names_this_machine_alone(dbq);
    const std::string_view scheme = taken_scheme(dbq);
    if (lower_ascii(dbq).contains("https_proxy")) return false;
    // Else it is a name in tnsnames.ora.
    if (scheme.empty() && dbq.find_first_of(":/[") == std::string_view::npos) return false;
    const auto found = address(dbq);
    if (!found) return false;
    const std::string_view host = found->host;
    return is_loopback(host.starts_with('[') ? host.substr(1, host.size() - 2) : host);
}

}  // namespace roost::oracle
