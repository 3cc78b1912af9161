#include <algorithm>

#include "core/ascii.hpp"
#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {
namespace {

// By number first: FreeTDS gives 42000 for most of what the server says, and never 40001. A compatible server reports
// the same texts under other numbers: those follow, for numbers that are not in the table. Numbers of a client or
// driver manager are below 100 or have an SQLSTATE of their own. Source: Microsoft's "Database engine events and
// errors".
struct KnownError {
    int number;              // 0: any that is not in the table
    std::string_view holds;  // text that the message must hold too, in lower case; empty: any
    Fault fault;
    bool retry;
    std::string_view advice;
};
constexpr std::string_view exists_advice =
    "it is there already, or one whose name differs only in case where the database's collation has none: write names "
    "as sys.database_principals spells them; if somebody else made it meanwhile, run again; a script guards against it "
    "with IF DATABASE_PRINCIPAL_ID(N'…') IS NULL";
constexpr std::string_view missing_advice =
    "either it does not exist, or the account may not change it: SQL Server does not say which; `roost init --grants` "
    "prints what the account needs";
constexpr std::string_view denied_advice = "`roost init --grants` prints what the account needs";
constexpr std::string_view special_advice = "public, dbo, guest, sys and fixed roles are SQL Server's own";
constexpr std::string_view alone_advice = "put it into a script of its own with `-- roost: transaction = off`";
constexpr std::string_view circular_advice = "a role cannot be a member of itself, directly or through others";

constexpr KnownError known_errors[] = {
    {15023, "", Fault::exists, false, exists_advice},
    {2714, "", Fault::exists, false, "guard it with IF OBJECT_ID(N'…') IS NULL"},
    {2759, "", Fault::unknown, false, "CREATE SCHEMA failed: what is said beside it is the reason"},
    {15151, "", Fault::missing, false, missing_advice},
    {15517, "", Fault::missing, false, missing_advice},
    {208, "", Fault::missing, false, "create it first, or write its schema before its name"},
    {2812, "", Fault::missing, false, "create it first, or write its schema before its name"},
    {911, "", Fault::missing, false, "check the database's name"},
    {4060, "", Fault::missing, false, "check the database's name in the address, and that the login has a user there"},
    {4064, "", Fault::missing, false, "the login's default database cannot be opened: name one in the address"},
    {15138, "", Fault::unknown, false, "hand over what it owns first: ALTER AUTHORIZATION ON … TO dbo"},
    {15421, "", Fault::unknown, false, "hand over the roles that it owns first: ALTER AUTHORIZATION ON ROLE::… TO dbo"},
    {15144, "", Fault::unknown, false, "take its members out first: ALTER ROLE … DROP MEMBER …"},
    {15081, "", Fault::denied, false, special_advice},
    {15405, "", Fault::denied, false, special_advice},
    {15150, "", Fault::denied, false, special_advice},
    {15413, "", Fault::circular, false, circular_advice},
    {4613, "", Fault::denied, false, denied_advice},
    {15247, "", Fault::denied, false, denied_advice},
    {229, "", Fault::denied, false, denied_advice},
    {230, "", Fault::denied, false, denied_advice},
    {262, "", Fault::denied, false, denied_advice},
    {297, "", Fault::denied, false, denied_advice},
    {300, "", Fault::denied, false, denied_advice},
    {916, "", Fault::denied, false, "the login has no user in that database"},
    {2760, "", Fault::denied, false, "the schema does not exist, or the account may not use it"},
    {1205, "", Fault::conflict, true, "two sessions waited for each other: run again"},
    {3960, "", Fault::conflict, true, "another transaction was in the way: run again"},
    {1222, "", Fault::lock_timeout, true,
     "another session holds what this one needs: see sys.dm_tran_locks, and run again"},
    {1204, "", Fault::out_of_locks, false, "the server has no locks left: change fewer roles in one run"},
    {102, "", Fault::syntax, false, ""},
    {105, "", Fault::syntax, false, ""},
    {156, "", Fault::syntax, false, ""},
    {170, "", Fault::syntax, false, ""},
    {319, "", Fault::syntax, false, ""},
    {111, "", Fault::syntax, false, "let it begin its batch: put GO on a line of its own before it"},
    {226, "", Fault::needs_no_transaction, false, alone_advice},
    {574, "", Fault::needs_no_transaction, false, alone_advice},
    {3021, "", Fault::needs_no_transaction, false, alone_advice},
    {15002, "", Fault::needs_no_transaction, false, "write ALTER ROLE … ADD MEMBER … instead"},
    {18456, "", Fault::login, false, "check user and password; the server's log has the reason"},
    {18452, "", Fault::login, false,
     "log in as a user of SQL Server's: the server does not trust the machine's account"},
    {18470, "", Fault::login, false, "the login is disabled"},
    {18487, "", Fault::login, false, "the login's password has expired"},
    {18488, "", Fault::login, false, "the login's password must be changed"},
    {18486, "", Fault::login, false, "the login is locked out: an administrator unlocks it"},
    {40615, "", Fault::login, false, "the firewall of Azure does not let this machine's address in"},
    {40532, "", Fault::login, false, "the server's name is not the one that the login belongs to"},
    {40197, "", Fault::unreachable, true, "Azure moved the database: run again"},
    {40501, "", Fault::unreachable, true, "Azure is busy: run again"},
    {40613, "", Fault::unreachable, true, "the database is not available now; a paused one wakes: run again"},
    {10928, "", Fault::unreachable, true, "the database has no session left: run again"},
    {10929, "", Fault::unreachable, true, "the database has no session left: run again"},
    {3906, "", Fault::denied, false, "the database is read-only: name the primary replica"},
    {976, "", Fault::denied, false, "this replica does not take connections: name the primary one"},
    {978, "", Fault::denied, false, "this replica is read-only: name the primary one"},
    {233, "", Fault::unreachable, true, "the server closed the connection: see its log, and run again"},
    {6005, "", Fault::unreachable, true, "the server is shutting down: run again"},
    {6107, "", Fault::connection_lost, false, "somebody ended the session: run again"},
    {20002, "", Fault::login, false,
     "the server let the connection go at the login: check encryption, user and password"},
    {20009, "", Fault::unreachable, true, "check host and port, and that the server listens there"},
    {20012, "", Fault::unreachable, false, "check the host's name"},
    {20013, "", Fault::unreachable, false, "check the host's name"},
    {20047, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {20004, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {20006, "", Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"},
    {20003, "", Fault::connection_lost, false, "the connection is given up: the statement may still take effect"},

    {0, "already exists", Fault::exists, false, exists_advice},
    {0, "there is already an object named", Fault::exists, false, "guard it with IF OBJECT_ID(N'…') IS NULL"},
    {0, "deadlock", Fault::conflict, true, "two sessions waited for each other: run again"},
    {0, "lock request time out", Fault::lock_timeout, true, "another session holds what this one needs: run again"},
    {0, "lock timeout", Fault::lock_timeout, true, "another session holds what this one needs: run again"},
    {0, "login failed", Fault::login, false, "check user and password; the server's log has the reason"},
    {0, "authentication failed", Fault::login, false, "check user and password"},
    {0, "cannot open database", Fault::missing, false, "check the database's name in the address"},
    {0, "circular", Fault::circular, false, circular_advice},
    {0, "role a member of itself", Fault::circular, false, circular_advice},
    {0, "is a member of role", Fault::circular, false, circular_advice},
    {0, "because it does not exist or you do not have permission", Fault::missing, false, missing_advice},
    {0, "does not have permission", Fault::denied, false, denied_advice},
    {0, "permission denied", Fault::denied, false, denied_advice},
    {0, "permission was denied", Fault::denied, false, denied_advice},
    {0, "do not have permission", Fault::denied, false, denied_advice},
    {0, "must be owner", Fault::denied, false, denied_advice},
    {0, "special principal", Fault::denied, false, special_advice},
    {0, "invalid object name", Fault::missing, false, "create it first, or write its schema before its name"},
    {0, "could not find stored procedure", Fault::missing, false,
     "create it first, or write its schema before its name"},
    {0, "does not exist", Fault::missing, false, "create it first, in a migration or a role script"},
    {0, "incorrect syntax", Fault::syntax, false, ""},
    {0, "syntax error", Fault::syntax, false, ""},
    {0, "within a transaction", Fault::needs_no_transaction, false, alone_advice},
    {0, "multi-statement transaction", Fault::needs_no_transaction, false, alone_advice},
    {0, "inside a transaction block", Fault::needs_no_transaction, false, alone_advice},
};

// What the driver or the driver manager says itself, by SQLSTATE.
struct KnownState {
    std::string_view sqlstate;
    Fault fault;
    bool retry;
    std::string_view advice;
};
constexpr std::string_view lost_advice = "the connection broke: the next run starts from what it finds";
constexpr KnownState known_states[] = {
    {"HY008", Fault::cancelled, false, ""},
    {"HYT00", Fault::lock_timeout, true, ""},
    {"HYT01", Fault::connection_lost, false, lost_advice},
    {"28000", Fault::login, false, "check user and password"},
    {"08001", Fault::unreachable, true, "check host and port, that the server listens there, and TLS"},
    {"08004", Fault::unreachable, false, ""},
    {"08S01", Fault::connection_lost, false, lost_advice},
    {"08003", Fault::connection_lost, false, lost_advice},
    {"08007", Fault::connection_lost, false, lost_advice},
};

template <class Known>
Diagnosis told(const Known& known) {
    return {known.fault, known.retry, std::string(known.advice)};
}

}  // namespace

Diagnosis diagnose(const Error& error) {
    if (error.native != 0)
        if (const auto* found = std::ranges::find(known_errors, error.native, &KnownError::number);
            found != std::end(known_errors))
            return told(*found);
    if (const auto* found = std::ranges::find(known_states, error.sqlstate, &KnownState::sqlstate);
        found != std::end(known_states))
        return told(*found);
    if (error.message.contains("Can't open lib")) return {Fault::unreachable, false, {}};  // odbc::connect gives advice
    const std::string text = lower_ascii(error.message);
    const auto fits = [&](const KnownError& known) { return known.number == 0 && text.contains(known.holds); };
    if (const auto* found = std::ranges::find_if(known_errors, fits); found != std::end(known_errors))
        return told(*found);
    return {};
}

}  // namespace roost::sqlserver
