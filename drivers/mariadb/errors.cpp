#include <algorithm>

#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

// By the native code; of a SQLSTATE several errors make use. Source: MariaDB's error code reference, and what
// Connector/ODBC 3.1.15 was seen to give.
struct KnownError {
    int native;
    std::string_view holds;  // text that the message must hold too; empty: any
    Fault fault;
    bool retry;
    std::string_view advice;
};
constexpr std::string_view grants = "`roost init --grants` prints what the account needs";
constexpr std::string_view unreachable = "check host and port, and that the server listens there";
constexpr std::string_view broke = "the connection broke: the next run starts from what it finds";
constexpr KnownError known_errors[] = {
    {1396, "CREATE ", Fault::exists, false,
     "it is there already: run again if somebody else made it meanwhile; a script says CREATE ROLE IF NOT EXISTS"},
    {1396, "", Fault::missing, false, "it is not there; names are exact, capitals included"},
    {1007, "", Fault::exists, false, ""},
    {1050, "", Fault::exists, false, "a script says IF NOT EXISTS"},
    {1061, "", Fault::exists, false, "a script says IF NOT EXISTS"},
    {1959, "", Fault::missing, false,
     "create it first, in a migration or a role script; names are exact, capitals included"},
    {1133, "", Fault::missing, false, "create the account first, and name its host where that is not %: 'user'@'host'"},
    {1141, "", Fault::missing, false, "there was nothing to revoke"},
    {1147, "", Fault::missing, false, "there was nothing to revoke"},
    {1049, "", Fault::missing, false, "check the database's name in the URL"},
    {1046, "", Fault::missing, false, "name the database in the URL, or before the table's name"},
    {1146, "", Fault::missing, false, "create it first, or write its database before its name"},
    {1962, "", Fault::not_a_member, false,
     "there was nothing to revoke from one of them; from the others it was revoked"},
    {1961, "", Fault::circular, false, "a role cannot be a member of itself, directly or through others"},
    {1227, "CREATE USER", Fault::denied, false,
     "the account needs CREATE USER: `roost init --grants` prints what it needs"},
    {1227, "", Fault::denied, false, grants},
    {1698, "", Fault::denied, false,
     "the account needs ADMIN on that role: GRANT role TO account WITH ADMIN OPTION, by whoever made it"},
    {1044, "database 'mysql'", Fault::denied, false,
     "to set default roles of others the account needs UPDATE on mysql.*: `roost init --grants` says more"},
    {1044, "", Fault::denied, false, grants},
    {1142, "", Fault::denied, false, grants},
    {1143, "", Fault::denied, false, grants},
    {1370, "", Fault::denied, false, grants},
    {1064, "", Fault::syntax, false, ""},
    {1470, "", Fault::unknown, false, "MariaDB holds names of 128 characters at most"},
    {1205, "", Fault::lock_timeout, true,
     "another session holds what this one needs: see SHOW PROCESSLIST, and run again"},
    {1213, "", Fault::conflict, true, "two sessions waited for each other: run again"},
    {1317, "", Fault::cancelled, false, ""},
    {1969, "", Fault::cancelled, false, "max_statement_time of the account or the server ended it"},
    {1290, "", Fault::denied, false, "the server is read-only: connect to the one that is written to"},
    {1045, "", Fault::login, false, "check user and password, and from which host the account may come"},
    {1130, "", Fault::login, false, "no account may come from this host"},
    {1524, "", Fault::login, false, "the connector does not have the account's way of logging in"},
    {4151, "", Fault::login, false, "the account is locked"},
    {1862, "", Fault::login, false, "the account's password has expired"},
    {1040, "", Fault::unreachable, true, "the server has no connection left: run again"},
    {1203, "", Fault::unreachable, true, "the account has no connection left: run again"},
    {2026, "", Fault::unreachable, false,
     "TLS failed: check that the server offers it, sslMode, serverSslCert and the certificate's host"},
    {2002, "", Fault::unreachable, true, unreachable},
    {2003, "", Fault::unreachable, true, unreachable},
    {2005, "", Fault::unreachable, false, "check the host's name"},
    {1053, "", Fault::connection_lost, false, "the server was shut down: run again"},
    {1927, "", Fault::connection_lost, false, "somebody ended the session: run again"},
    {2006, "", Fault::connection_lost, false, broke},
    {2013, "", Fault::connection_lost, false, broke},
    {2055, "", Fault::connection_lost, false, broke},
    {5014, "", Fault::connection_lost, false, broke},
};

}  // namespace

Diagnosis diagnose(const Error& error) {
    const auto fits = [&](const KnownError& known) {
        return known.native == error.native && (known.holds.empty() || error.message.contains(known.holds));
    };
    if (const auto* found = std::ranges::find_if(known_errors, fits); found != std::end(known_errors))
        return {found->fault, found->retry, std::string(found->advice)};
    if (error.sqlstate.starts_with("08")) return {Fault::connection_lost, false, std::string(broke)};
    if (error.message.contains("Can't open lib")) return {Fault::unreachable, false, {}};
    return {};
}

}  // namespace roost::mariadb
