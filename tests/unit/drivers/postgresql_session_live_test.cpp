#include <atomic>
#include <thread>

#include "drivers/postgresql/parts.hpp"
#include "unit/drivers/live.hpp"

namespace roost {
namespace {

using std::chrono::milliseconds;
using test::comes_true;
using test::must;
using test::Postgresql;
using test::rows;
using test::run;

TEST_CASE("a PostgreSQL session starts as the run needs it, and RESET ALL goes back to that") {
    Postgresql server;
    run(*server.connection,
        fmt::format("CREATE DATABASE {} ENCODING LATIN1 LOCALE 'C' TEMPLATE template0", server.quoted("latin")));
    Target target = Postgresql::target(server.name("latin"));
    target.url =
        Secret(target.url.reveal() + "&currentSchema=%22My+Schema%22%2Cpublic&options=-c%20statement_timeout%3D5min");
    target.application = "roost 'x' \\";
    const auto connection = test::open(server.driver, target);
    const std::string settings =
        "SELECT current_setting('search_path'), current_setting('standard_conforming_strings'), "
        "current_setting('client_encoding'), "
        "current_setting('DateStyle'), current_setting('statement_timeout'), current_setting('application_name'), "
        "current_setting('client_connection_check_interval')";
    const std::string wanted = "\"My Schema\",public|on|UTF8|ISO, MDY|5min|roost 'x' \\|1s\n";
    CHECK(rows(*connection, settings) == wanted);
    run(*connection,
        "SET search_path = x; SET standard_conforming_strings = off; SET client_encoding = LATIN1; SET DateStyle = "
        "German;"
        "SET statement_timeout = 0; SET application_name = y; SET client_connection_check_interval = 0");
    run(*connection, "RESET ALL");
    CHECK(rows(*connection, settings) == wanted);
}

TEST_CASE("users and databases of any name are reached") {
    Postgresql server;
    const std::string odd = "a;b}c {d='e'\\";
    run(*server.connection, "CREATE ROLE " + server.quoted(odd) + " LOGIN");
    run(*server.connection, "CREATE DATABASE " + server.quoted(odd));
    Target target = Postgresql::target("a%3Bb%7Dc%20%7Bd%3D%27e%27%5C" + server.suffix(),
                                       "a%3Bb%7Dc%20%7Bd%3D%27e%27%5C" + server.suffix());
    const auto connection = test::open(server.driver, target);
    const ServerFacts facts = must(server.driver.facts(*connection, target));
    CHECK(facts.account == server.name(odd));
    CHECK(facts.database == server.name(odd));
}

TEST_CASE("what a script changed in a PostgreSQL session is put back") {
    Postgresql server;
    run(*server.connection, "CREATE ROLE " + server.quoted("r"));
    for (const bool in_transaction : {false, true}) {
        if (in_transaction) must(server.connection->begin());
        const SessionState before = must(server.driver.remember(*server.connection));
        CHECK(before.transaction.empty() != in_transaction);
        run(*server.connection, fmt::format("CREATE TEMP TABLE roost_t AS SELECT 1; PREPARE roost_p AS SELECT 1; SET "
                                            "search_path = pg_temp; SET standard_conforming_strings = off;"
                                            "SET session_replication_role = replica; DECLARE roost_c CURSOR WITH HOLD "
                                            "FOR SELECT 1; LISTEN roost_l; SET ROLE {0}",
                                            server.quoted("r")));
        must(server.driver.reset(*server.connection, before));
        CHECK(rows(*server.connection,
                   "SELECT current_user, current_setting('standard_conforming_strings'), "
                   "to_regclass('pg_temp.roost_t') IS NULL,"
                   "(SELECT count(*) FROM pg_prepared_statements WHERE from_sql), (SELECT count(*) FROM pg_cursors "
                   "WHERE name = 'roost_c'),"
                   "(SELECT count(*) FROM pg_listening_channels())") == "postgres|on|1|0|0|0\n");
        run(*server.connection, "SET SESSION AUTHORIZATION " + server.quoted("r"));
        must(server.driver.reset(*server.connection, before));
        CHECK(rows(*server.connection, "SELECT session_user") == "postgres\n");
        must(server.connection->rollback());
    }
}

TEST_CASE("a statement of the driver's own that was prepared before a reset still runs after it") {
    Postgresql server;
    const SessionState before = must(server.driver.remember(*server.connection));
    run(*server.connection, "CREATE ROLE " + server.quoted("r"));
    for (int i = 0; i < 3; ++i) {
        CHECK(!must(server.driver.is_member(*server.connection, {}, server.name("r"), "postgres")));
        must(server.driver.reset(*server.connection, before));
    }
}

TEST_CASE("a script that ends the run's PostgreSQL transaction is found out") {
    Postgresql server;
    must(server.connection->begin());
    const SessionState before = must(server.driver.remember(*server.connection));
    run(*server.connection, "SELECT 1");
    must(server.driver.reset(*server.connection, before));
    static_cast<void>(server.connection->execute("COMMIT; BEGIN"));
    const auto reset = server.driver.reset(*server.connection, before);
    REQUIRE(!reset.has_value());
    CHECK(reset.error().message.contains("transaction"));
}

// It was lost without a word: the client's flag knows of the run's own transactions alone.
TEST_CASE("a transaction that a script began outside the run's and left open is rolled back, and an error") {
    Postgresql server;
    for (const std::string_view script : {"BEGIN; {}", "BEGIN; {}; COMMIT AND CHAIN", "BEGIN; {}; COMMIT; BEGIN"}) {
        const SessionState before = must(server.driver.remember(*server.connection));
        CHECK(before.transaction.empty());
        run(*server.connection, fmt::format(fmt::runtime(script), "SET search_path = pg_temp"));
        const auto reset = server.driver.reset(*server.connection, before);
        REQUIRE(!reset.has_value());
        CHECK(reset.error().message.contains("left it open"));
        CHECK(must(server.driver.remember(*server.connection)).transaction.empty());
        must(server.driver.reset(*server.connection, before));
        for (int i = 0; i < 200; ++i) CHECK(must(server.driver.remember(*server.connection)).transaction.empty());
    }
}

TEST_CASE("roles that are created add no membership for the account, whatever the role's settings say") {
    Postgresql server;
    run(*server.connection, fmt::format("CREATE ROLE {} LOGIN CREATEROLE", server.quoted("runner")));
    if (std::stoi(server.facts().version) < 16) {
        MESSAGE("not on this server: PostgreSQL 15 adds none");
        return;
    }
    run(*server.connection,
        fmt::format("ALTER ROLE {} SET createrole_self_grant = 'set, inherit'", server.quoted("runner")));
    const auto runner = test::open(server.driver, Postgresql::target("", server.name("runner")));
    const SessionState before = must(server.driver.remember(*runner));
    for (const std::string_view role : {"r", "s"}) {
        run(*runner, "CREATE ROLE " + server.quoted(role));
        must(server.driver.reset(*runner, before));
    }
    CHECK(test::members(must(server.driver.graph(*runner, {})), server.suffix()).empty());
}

TEST_CASE("a PostgreSQL setting that will not go back is named") {
    Postgresql server;
    SessionState before = must(server.driver.remember(*server.connection));
    before.settings[2] = "search_path = other";
    const auto reset = server.driver.reset(*server.connection, before);
    REQUIRE(!reset.has_value());
    CHECK(reset.error().message.contains("search_path"));
    CHECK(reset.error().message.contains("was search_path = other"));
}

TEST_CASE("PostgreSQL's lock covers the whole server, and says who holds it") {
    Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("other"));
    run(*server.connection, "CREATE ROLE " + server.quoted("plain") + " LOGIN");
    Target first = Postgresql::target(), second = Postgresql::target(server.name("other"), server.name("plain"));
    auto held = must(server.driver.lock(first, {.holder = "alice@ci 2026-11-22T01:33:08.123Z"}, server.driver.connect));
    REQUIRE(held->connection() != nullptr);
    CHECK(rows(*held->connection(), "SELECT current_setting('idle_session_timeout')") == "0\n");

    const auto begun = std::chrono::steady_clock::now();
    auto waiting = server.driver.lock(second, {.wait = milliseconds(200), .holder = "bob"}, server.driver.connect);
    CHECK(std::chrono::steady_clock::now() - begun > milliseconds(190));
    REQUIRE(!waiting.has_value());
    CHECK(waiting.error().kind == ErrorKind::refused);
    CHECK(waiting.error().message.contains("alice@ci 2026-11-22T01:33:08.123Z"));
    CHECK(waiting.error().message.contains("account postgres"));
    CHECK(!server.driver.lock(second, {.holder = "bob"}, server.driver.connect).has_value());

    std::thread release([&] {
        CHECK(comes_true(*server.connection,
                         fmt::format("SELECT count(*) FROM pg_stat_activity WHERE usename = {} AND wait_event = "
                                     "'advisory'",
                                     server.driver.names.literal(server.name("plain")))));
        held.reset();
    });
    CHECK(
        server.driver.lock(second, {.wait = milliseconds(10000), .holder = "bob"}, server.driver.connect).has_value());
    release.join();
    CHECK(server.driver.lock(second, {.holder = "bob"}, server.driver.connect).has_value());
}

TEST_CASE("PostgreSQL's lock knows when it was lost") {
    Postgresql server;
    const auto lock = must(server.driver.lock(Postgresql::target(), {.holder = "a"}, server.driver.connect));
    must(lock->held());
    const auto before = lock->connection()->round_trips();
    must(lock->held());
    CHECK(lock->connection()->round_trips() - before == 1);
    run(*lock->connection(), "SELECT pg_advisory_unlock_all()");
    CHECK(lock->held().error().message.contains("lost"));
    const auto again = must(server.driver.lock(Postgresql::target(), {.holder = "a"}, server.driver.connect));
    run(*server.connection,
        "SELECT pg_terminate_backend(" + rows(*again->connection(), "SELECT pg_backend_pid()") + ", 5000)");
    const auto lost = again->held();
    REQUIRE(!lost.has_value());
    CHECK(lost.error().message.contains("lost"));
    CHECK(server.driver.diagnose(lost.error()).fault == Fault::connection_lost);
}

TEST_CASE("waiting for PostgreSQL's lock outlives the role's statement_timeout, and ends when it is interrupted") {
    Postgresql server;
    run(*server.connection,
        fmt::format("CREATE ROLE {0} LOGIN; ALTER ROLE {0} SET statement_timeout = 50", server.quoted("hasty")));
    const Target hasty = Postgresql::target("", server.name("hasty"));
    const auto held = must(server.driver.lock(Postgresql::target(), {.holder = "a"}, server.driver.connect));
    const auto late = server.driver.lock(hasty, {.wait = milliseconds(150), .holder = "b"}, server.driver.connect);
    REQUIRE(!late.has_value());
    CHECK(late.error().kind == ErrorKind::refused);

    Connection* waiting = nullptr;
    const Opener open = [&](const Target& target) {
        auto connection = server.driver.connect(target);
        if (connection) waiting = connection->get();
        return connection;
    };
    std::atomic<bool> stop = false;
    std::thread interrupt;
    const Opener open_and_stop = [&](const Target& target) {
        auto connection = open(target);
        interrupt = std::thread([&] {
            stop = true;
            // The statement may not have begun yet, and a cancel that comes before it is lost.
            while (stop) {
                waiting->cancel();
                std::this_thread::sleep_for(milliseconds(10));
            }
        });
        return connection;
    };
    const auto begun = std::chrono::steady_clock::now();
    const LockRequest request{
        .wait = milliseconds(20000), .holder = "b", .interrupted = [&] { return stop.exchange(false); }};
    const auto stopped = server.driver.lock(hasty, request, open_and_stop);
    interrupt.join();
    REQUIRE(!stopped.has_value());
    CHECK(stopped.error().kind == ErrorKind::interrupted);
    CHECK(stopped.error().message == "interrupted");
    CHECK(std::chrono::steady_clock::now() - begun < milliseconds(10000));
    const auto never =
        server.driver.lock(hasty, {.holder = "b", .interrupted = [] { return true; }}, server.driver.connect);
    CHECK(never.error().kind == ErrorKind::interrupted);
}

TEST_CASE("a lock database that cannot be reached is told apart, with what to do") {
    Postgresql server;
    Target target = Postgresql::target();
    target.lock_database = server.name("none");
    const auto lock = server.driver.lock(target, {}, server.driver.connect);
    REQUIRE(!lock.has_value());
    CHECK(lock.error().message.contains(target.lock_database));
    CHECK(lock.error().advice.contains("lock_database"));
}

}  // namespace
}  // namespace roost
