#include <algorithm>

#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

// By SQLSTATE; the native code is always 1. Source: PostgreSQL, appendix A, and what psqlodbc 13.02 was seen to give.
struct KnownState {
    std::string_view sqlstate;
    std::string_view holds;  // text that the message must hold too; empty: any
    Fault fault;
    bool retry;
    std::string_view advice;
};
constexpr KnownState known_states[] = {
    {"42710", "", Fault::exists, false,
     "it is there already: run again if somebody else made it meanwhile; a script guards against it with DO $$ BEGIN … "
     "EXCEPTION WHEN duplicate_object THEN NULL; END $$"},
    {"23505", "pg_auth", Fault::conflict, true,
     "another session made the same role or membership at this moment: run again"},
    {"XX000", "tuple concurrently", Fault::conflict, true,
     "another session changed the same object at this moment: run again"},
    {"40001", "", Fault::conflict, true, "another transaction was in the way: run again"},
    {"40P01", "", Fault::conflict, true, "two sessions waited for each other: run again"},
    {"42704", "", Fault::missing, false,
     "create it first, in a migration or a role script; names are exact, capitals included"},
    {"42P01", "", Fault::missing, false, "create it first, or write its schema before its name"},
    {"3F000", "", Fault::missing, false, "create the schema first"},
    {"3D000", "", Fault::missing, false, "check the database's name in the URL"},
    {"0LP01", "", Fault::circular, false, "a role cannot be a member of itself, directly or through others"},
    {"01000", "is not a member of role", Fault::not_a_member, false, "there was nothing to revoke"},
    {"01000", "has not been granted membership", Fault::not_a_member, false,
     "another grantor gave it: name him, GRANTED BY"},
    {"42501", "create role", Fault::denied, false,
     "the account needs CREATEROLE: `roost init --grants` prints what it needs"},
    {"42501", "admin option", Fault::denied, false,
     "the account needs ADMIN on that role: GRANT role TO account WITH ADMIN OPTION"},
    {"42501", "ADMIN option", Fault::denied, false,
     "the account needs ADMIN on that role: GRANT role TO account WITH ADMIN OPTION"},
    {"42501", "pg_control_system", Fault::denied, false,
     "databases are told apart by it: GRANT EXECUTE ON FUNCTION pg_control_system() TO the account"},
    {"42501", "", Fault::denied, false, "`roost init --grants` prints what the account needs"},
    {"2BP01", "", Fault::unknown, false,
     "other rights hang on it: revoke what the member granted on, or REASSIGN OWNED and DROP OWNED in every database"},
    {"42939", "", Fault::denied, false, "public, none and pg_* are PostgreSQL's own names"},
    {"42601", "", Fault::syntax, false, ""},
    {"55P03", "", Fault::lock_timeout, true, "another session holds what this one needs: see pg_locks, and run again"},
    {"57014", "", Fault::cancelled, false, ""},
    {"25001", "", Fault::needs_no_transaction, false,
     "put it into a script of its own with `-- roost: transaction = off`"},
    {"53200", "shared memory", Fault::out_of_locks, false,
     "raise max_locks_per_transaction, or change fewer roles in one run"},
    {"53300", "", Fault::unreachable, true, "the server has no connection left: run again"},
    {"57P01", "", Fault::connection_lost, false, "the server was shut down, or somebody ended the session: run again"},
    {"57P02", "", Fault::connection_lost, false, "the server crashed and starts again: run again"},
    {"57P03", "", Fault::unreachable, true, "the server is starting or stopping: run again"},
    {"28P01", "", Fault::login, false, "check user and password"},
    {"28000", "", Fault::login, false, "check the user, and what pg_hba.conf says about it"},
    // psqlodbc gives 08001 for all that can go wrong while connecting.
    {"08001", "FATAL:  password", Fault::login, false, "check user and password"},
    {"08001", "FATAL:  no pg_hba.conf entry", Fault::login, false,
     "pg_hba.conf lets this account in neither from here nor in this way (TLS or not)"},
    {"08001", "FATAL:  database", Fault::missing, false, "check the database's name in the URL"},
    {"08001", "FATAL:  role", Fault::login, false, "check the user"},
    {"08001", "FATAL:", Fault::unreachable, false, ""},
    {"08001", "no password supplied", Fault::login, false, "give password, password_file or password_command"},
    {"08001", "SSL", Fault::unreachable, false,
     "TLS failed: check that the server offers it, sslmode, and the certificates"},
    {"08001", "certificate", Fault::unreachable, false, "TLS failed: check sslmode, and the certificates"},
    {"08001", "", Fault::unreachable, true, "check host and port, and that the server listens there"},
    {"01000", "Can't open lib", Fault::unreachable, false, ""},  // odbc::connect says which package has it
    {"HYT00", "", Fault::lock_timeout, true, ""},
};

// Class 08 and psqlodbc's own 08S01: the connection is gone.
bool lost(std::string_view sqlstate) {
    return sqlstate.starts_with("08") && sqlstate != "08001" && sqlstate != "08004";
}

}  // namespace

Diagnosis diagnose(const Error& error) {
    const auto fits = [&](const KnownState& known) {
        return known.sqlstate == error.sqlstate && (known.holds.empty() || error.message.contains(known.holds));
    };
    if (const auto* found = std::ranges::find_if(known_states, fits); found != std::end(known_states))
        return {found->fault, found->retry, std::string(found->advice)};
    if (lost(error.sqlstate))
        return {Fault::connection_lost, false, "the connection broke: the next run starts from what it finds"};
    return {};
}

}  // namespace roost::postgresql
