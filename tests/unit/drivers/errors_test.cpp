#include <doctest/doctest.h>

#include "db/driver.hpp"

namespace roost {
namespace {

struct ErrorCase {
    std::string_view engine;
    std::string sqlstate;
    int native;
    std::string message;
    Fault fault;
    bool retry;
};

TEST_CASE("an engine's error is known by its code, and by its text only where the code is shared") {
    const ErrorCase cases[] = {
        {"postgresql", "42710", 1, "ERROR: role \"r\" already exists", Fault::exists, false},
        {"postgresql", "23505", 1, "ERROR: duplicate key value violates unique constraint \"pg_authid_rolname_index\"",
         Fault::conflict, true},
        {"postgresql", "23505", 1, "ERROR: duplicate key value violates unique constraint \"pay_pkey\"", Fault::unknown,
         false},
        {"postgresql", "XX000", 1, "ERROR: tuple concurrently updated", Fault::conflict, true},
        {"postgresql", "XX000", 1, "ERROR: cache lookup failed", Fault::unknown, false},
        {"postgresql", "40001", 1, "", Fault::conflict, true},
        {"postgresql", "40P01", 1, "", Fault::conflict, true},
        {"postgresql", "42704", 1, "ERROR: role \"r\" does not exist", Fault::missing, false},
        {"postgresql", "0LP01", 1, "", Fault::circular, false},
        {"postgresql", "01000", 1, "WARNING: role \"u\" is not a member of role \"r\"", Fault::not_a_member, false},
        {"postgresql", "01000", 1, "WARNING: role \"u\" has not been granted membership in role \"r\" by role \"g\"",
         Fault::not_a_member, false},
        {"postgresql", "01000", 1, "[unixODBC][Driver Manager]Can't open lib 'x' : file not found", Fault::unreachable,
         false},
        {"postgresql", "42501", 1, "ERROR: permission denied to create role", Fault::denied, false},
        {"postgresql", "2BP01", 1, "", Fault::unknown, false},
        {"postgresql", "42939", 1, "", Fault::denied, false},
        {"postgresql", "25001", 1, "", Fault::needs_no_transaction, false},
        {"postgresql", "42601", 1, "", Fault::syntax, false},
        {"postgresql", "55P03", 1, "", Fault::lock_timeout, true},
        {"postgresql", "57014", 1, "", Fault::cancelled, false},
        {"postgresql", "57P01", 1, "", Fault::connection_lost, false},
        {"postgresql", "08S01", 1, "", Fault::connection_lost, false},
        {"postgresql", "08006", 1, "", Fault::connection_lost, false},
        {"postgresql", "53200", 1, "ERROR: out of shared memory", Fault::out_of_locks, false},
        {"postgresql", "53200", 1, "ERROR: out of memory", Fault::unknown, false},
        {"postgresql", "08001", 101, "connection to server failed: Connection refused", Fault::unreachable, true},
        {"postgresql", "08001", 101, "connection failed: FATAL:  password authentication failed for user \"u\"",
         Fault::login, false},
        {"postgresql", "08001", 101, "connection failed: FATAL:  database \"d\" does not exist", Fault::missing, false},
        {"postgresql", "08001", 101, "connection failed: FATAL:  something else", Fault::unreachable, false},
        {"postgresql", "08001", 101, "server does not support SSL, but SSL was required", Fault::unreachable, false},
        {"postgresql", "22012", 1, "ERROR: division by zero", Fault::unknown, false},
        {"sqlite", "", 1811, "roost: no such role", Fault::missing, false},
        {"sqlite", "", 1811, "roost: circular membership", Fault::circular, false},
        {"sqlite", "", 1811, "a trigger of the user's", Fault::unknown, false},
        {"sqlite", "", 1555, "UNIQUE constraint failed: roost_role.name", Fault::exists, false},
        {"sqlite", "", 2067, "UNIQUE constraint failed: t.a", Fault::exists, false},
        {"sqlite", "", 1, "no such table: t", Fault::missing, false},
        {"sqlite", "", 1, "near \"FORM\": syntax error", Fault::syntax, false},
        {"sqlite", "", 1, "cannot VACUUM from within a transaction", Fault::needs_no_transaction, false},
        {"sqlite", "", 5, "database is locked", Fault::lock_timeout, true},
        {"sqlite", "", 517, "database is locked", Fault::conflict, true},
        {"sqlite", "", 261, "database is locked", Fault::lock_timeout, true},
        {"sqlite", "", 8, "attempt to write a readonly database", Fault::denied, false},
        {"sqlite", "", 1032, "attempt to write a readonly database", Fault::denied, false},
        {"sqlite", "", 9, "interrupted", Fault::cancelled, false},
        {"sqlite", "", 26, "file is not a database", Fault::unreachable, false},
        {"sqlite", "", 11, "database disk image is malformed", Fault::unknown, false},
    };
    for (const ErrorCase& test : cases) {
        INFO(test.engine, " ", test.sqlstate, " ", test.native, " ", test.message);
        const Diagnosis diagnosis =
            driver_named(test.engine)
                ->diagnose({.message = test.message, .sqlstate = test.sqlstate, .native = test.native});
        CHECK(diagnosis.fault == test.fault);
        CHECK(diagnosis.retry == test.retry);
    }
}

}  // namespace
}  // namespace roost
