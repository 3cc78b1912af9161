#include <algorithm>
#include <charconv>

#include "drivers/oracle/parts.hpp"

namespace roost::oracle {
namespace {

struct KnownCode {
    int code;
    std::string_view holds;  // text that the message must hold too; empty: any
    Fault fault;
    bool retry;
    std::string_view advice;
};

constexpr std::string_view run_grants = "`roost init --grants` prints what the account needs";

// Source: Oracle Database Error Messages.
constexpr KnownCode oracle_codes[] = {
    {1, "", Fault::exists, false, ""},
    {955, "", Fault::exists, false, ""},
    {1408, "", Fault::exists, false, ""},
    {1920, "", Fault::exists, false, "users and roles share their names: another user or role has this one"},
    {1921, "", Fault::exists, false,
     "users and roles share their names: a user has this one, or somebody made the role meanwhile; a script guards "
     "against "
     "it with EXCEPTION WHEN OTHERS and SQLCODE = -1921"},
    {942, "", Fault::missing, false,
     "create it first, or write its schema before its name; the account may also lack the right to see it"},
    {904, "", Fault::missing, false, ""},
    {1917, "", Fault::missing, false, "create the user or role first; unquoted names are stored in capitals"},
    {1918, "", Fault::missing, false, "create the user first; unquoted names are stored in capitals"},
    {1919, "", Fault::missing, false,
     "create the role first, in a migration or a role script; unquoted names are stored in capitals"},
    {1924, "", Fault::missing, false, "the role is not granted to the account, or does not exist"},
    {2003, "", Fault::missing, false, "roost needs Oracle 12.1 or later"},
    {2289, "", Fault::missing, false, ""},
    {4043, "", Fault::missing, false, ""},
    {6550, "PLS-00201", Fault::missing, false, "it does not exist, or the account has no EXECUTE on it"},
    {6550, "PLS-00904", Fault::denied, false, run_grants},
    {6550, "ORA-00942", Fault::missing, false, "roles do not count inside of stored PL/SQL: grant the right directly"},
    {6550, "ORA-01031", Fault::denied, false, run_grants},
    {6550, "", Fault::syntax, false, ""},
    {1934, "", Fault::circular, false, "a role cannot be a member of itself, directly or through others"},
    {1951, "", Fault::not_a_member, false, "there was nothing to revoke"},
    {1952, "", Fault::not_a_member, false, "there was nothing to revoke"},
    {1031, "", Fault::denied, false, run_grants},
    {1950, "", Fault::denied, false, "give the owner of the table a quota: ALTER USER … QUOTA 100M ON users"},
    {1536, "", Fault::denied, false, "raise the quota of the table's owner: ALTER USER … QUOTA 100M ON users"},
    {1932, "", Fault::denied, false, "the account needs GRANT ANY ROLE, or the role WITH ADMIN OPTION"},
    {1749, "", Fault::denied, false, "nobody can grant to himself"},
    {65096, "", Fault::denied, false, "connect to the service of a pluggable database, not to CDB$ROOT"},
    {65049, "", Fault::denied, false, "connect to the service of a pluggable database, not to CDB$ROOT"},
    {1704, "", Fault::syntax, false,
     "Oracle's literals have 4,000 bytes at most: put longer ones together with TO_CLOB"},
    {972, "", Fault::unknown, false,
     "names have 30 bytes at most where COMPATIBLE is below 12.2: raise it, or shorten the name"},
    {28031, "", Fault::unknown, false, "no session can have more than 148 roles enabled: make some no default roles"},
    {1017, "", Fault::login, false, "check user and password; each further try may lock the account"},
    {1005, "", Fault::login, false, "give password, password_file or password_command"},
    {1045, "", Fault::login, false, "the account needs CREATE SESSION: `roost init --grants` prints what it needs"},
    {28000, "", Fault::login, false, "the account is locked: ALTER USER … ACCOUNT UNLOCK"},
    {28001, "", Fault::login, false, "the password has expired: set a new one"},
    {12154, "", Fault::unreachable, false,
     "the name is not in tnsnames.ora: check TNS_ADMIN, or write //host:port/service"},
    {12505, "", Fault::unreachable, false, "the listener does not know the SID: write //host:port/service"},
    {12514, "", Fault::unreachable, true,
     "the listener does not know the service: check its name, and that it is open"},
    {12541, "", Fault::unreachable, true, "check host and port, and that the listener runs there"},
    {12170, "", Fault::unreachable, true, "check host and port, and what is between"},
    {12528, "", Fault::unreachable, true, "the database is starting or stopping: run again"},
    {12543, "", Fault::unreachable, true, "check host and port"},
    {12545, "", Fault::unreachable, true, "check the host"},
    {29024, "", Fault::unreachable, false, "TLS failed: the wallet does not know who signed the server's certificate"},
    {28759, "", Fault::unreachable, false, "TLS failed: the wallet cannot be read, see wallet_location"},
    {54, "", Fault::lock_timeout, true, "another session holds what this one needs: run again"},
    {4021, "", Fault::lock_timeout, true, "another session uses the object: run again"},
    {30006, "", Fault::lock_timeout, true, "another session holds what this one needs: run again"},
    {20101, "", Fault::lock_timeout, true, ""},  // sql/lock.sql
    {60, "", Fault::conflict, true, "two sessions waited for each other: run again"},
    {8177, "", Fault::conflict, true, "another transaction was in the way: run again"},
    {1013, "", Fault::cancelled, false, ""},
    {28, "", Fault::connection_lost, false, "somebody ended the session: run again"},
    {1012, "", Fault::connection_lost, false, "the session has ended: run again"},
    {1089, "", Fault::connection_lost, false, "the database is shutting down: run again"},
    {1092, "", Fault::connection_lost, false, "the database was shut down: run again"},
    {2396, "", Fault::connection_lost, false, "the account's profile ends idle sessions: raise its IDLE_TIME"},
    {3113, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {3114, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {3135, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {12537, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {12571, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {1740, "", Fault::syntax, false, ""},
    {1756, "", Fault::syntax, false, ""},
};

// A server that speaks Oracle's language over another engine reports that one's own numbers. Here are MariaDB's, as
// seen with sql_mode=ORACLE.
constexpr KnownCode other_codes[] = {
    {1396, "CREATE", Fault::exists, false, "another user or role has this name, or somebody made it meanwhile"},
    {1396, "DROP", Fault::missing, false, ""},
    {1007, "", Fault::exists, false, ""},
    {1050, "", Fault::exists, false, ""},
    {1061, "", Fault::exists, false, ""},
    {1062, "", Fault::exists, false, ""},
    {1049, "", Fault::missing, false, "check the database's name"},
    {1054, "", Fault::missing, false, ""},
    {1109, "", Fault::missing, false, ""},
    {1133, "", Fault::missing, false, "create the user or role first"},
    {1146, "", Fault::missing, false, "create it first, or write its schema before its name"},
    {1305, "", Fault::missing, false, ""},
    {1327, "", Fault::missing, false, ""},
    {1959, "", Fault::missing, false, "create the role first"},
    {1961, "", Fault::circular, false, "a role cannot be a member of itself, directly or through others"},
    {1962, "", Fault::not_a_member, false, "there was nothing to revoke, or there is no such member"},
    {1044, "", Fault::denied, false, run_grants},
    {1142, "", Fault::denied, false, run_grants},
    {1143, "", Fault::denied, false, run_grants},
    {1227, "", Fault::denied, false, run_grants},
    {1370, "", Fault::denied, false, run_grants},
    {1698, "", Fault::denied, false, "the account needs the role WITH ADMIN OPTION"},
    {1064, "", Fault::syntax, false, ""},
    {1295, "", Fault::syntax, false, ""},
    {1205, "", Fault::lock_timeout, true, "another session holds what this one needs: run again"},
    {1213, "", Fault::conflict, true, "two sessions waited for each other: run again"},
    {1317, "", Fault::cancelled, false, ""},
    {1045, "", Fault::login, false, "check user and password"},
    {2002, "", Fault::unreachable, true, "check host and port, and that the server listens there"},
    {2003, "", Fault::unreachable, true, "check host and port, and that the server listens there"},
    {2006, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {2013, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {5014, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
};

// The number in the first "ORA-01234" of the text; 0: there is none.
int number_in(std::string_view text) {
    constexpr std::string_view mark = "ORA-";
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
        const char* from = text.data() + at + mark.size();
        int code = 0;
        const auto [end, error] = std::from_chars(from, text.data() + text.size(), code);
        if (error == std::errc{} && end - from == 5) return code;
    }
    return 0;
}

Diagnosis of(std::span<const KnownCode> known, int code, std::string_view message) {
    const auto fits = [&](const KnownCode& row) {
        return row.code == code && (row.holds.empty() || message.contains(row.holds));
    };
    const auto found = std::ranges::find_if(known, fits);
    if (found == known.end()) return {};
    return {found->fault, found->retry, std::string(found->advice)};
}

// ORA-00900 to ORA-00999 are the parser's, but for those in the table.
bool is_syntax(int code) { return code >= 900 && code <= 936; }

Diagnosis by_state(const Error& error) {
    if (error.message.contains("Can't open lib")) return {.fault = Fault::unreachable};
    if (error.sqlstate == "HYT00") return {.fault = Fault::lock_timeout, .retry = true};
    if (error.sqlstate == "HY008") return {.fault = Fault::cancelled};
    if (error.sqlstate == "08001" || error.sqlstate == "08004")
        return {.fault = Fault::unreachable, .advice = "check host, port and service"};
    if (error.sqlstate.starts_with("08"))
        return {Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"};
    return {};
}

}  // namespace

Diagnosis diagnose(const Error& error) {
    const int said = number_in(error.message);  // in every error of an Oracle server
    const int code = said != 0 && error.native == 0 ? said : error.native;
    Diagnosis found = said != 0 ? of(oracle_codes, code, error.message) : of(other_codes, code, error.message);
    if (found.fault != Fault::unknown || !found.advice.empty()) return found;
    if (said != 0 && is_syntax(code)) return {.fault = Fault::syntax};
    return by_state(error);
}

}  // namespace roost::oracle
