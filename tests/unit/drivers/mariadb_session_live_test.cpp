#include <atomic>
#include <thread>

#include "drivers/mariadb/parts.hpp"
#include "unit/drivers/mariadb_live.hpp"

namespace roost {
namespace {

using std::chrono::milliseconds;
using test::comes_true;
using test::Mariadb;
using test::must;
using test::rows;
using test::run;

TEST_CASE("what a script changed in a MariaDB session is put back") {
    Mariadb server;
    server.apply({CreateRole{server.name("r"), ""}});
    run(*server.connection, "CREATE TABLE t (x INT)");
    const SessionState before = must(server.driver.remember(*server.connection));
    CHECK(before.transaction.empty());
    run(*server.connection, "SET ROLE " + server.quoted("r"));
    run(*server.connection,
        "SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES', foreign_key_checks = 0, "
        "unique_checks = 0, sql_log_bin = 0, time_zone = '+05:00', sql_select_limit = 1, tx_isolation = "
        "'READ-COMMITTED', max_statement_time = 1.5, default_storage_engine = 'MyISAM', lc_time_names = 'de_DE'");
    run(*server.connection, "SET character_set_client = latin1, character_set_results = latin1");
    run(*server.connection, "USE mysql");
    run(*server.connection, fmt::format("LOCK TABLES {}.t READ", server.quoted("d")));
    run(*server.connection, "SET autocommit = 0");
    must(server.driver.reset(*server.connection, before));
    CHECK(must(server.driver.remember(*server.connection)).settings == before.settings);
    run(*server.connection, "INSERT INTO t VALUES (1), (2)");
    CHECK(rows(*server.connection, "SELECT CURRENT_ROLE() IS NULL, 'é', COUNT(*) FROM t") == "1|é|2\n");
}

TEST_CASE("a transaction that a script left open on MariaDB is rolled back, and an error") {
    Mariadb server;
    run(*server.connection, "CREATE TABLE t (x INT) ENGINE = InnoDB");
    for (const std::string_view script : {"START TRANSACTION", "SET autocommit = 0", "BEGIN"}) {
        const SessionState before = must(server.driver.remember(*server.connection));
        run(*server.connection, script);
        run(*server.connection, "INSERT INTO t VALUES (1)");
        const auto reset = server.driver.reset(*server.connection, before);
        REQUIRE(!reset.has_value());
        CHECK(reset.error().message.contains("left it open"));
        CHECK(rows(*server.connection, "SELECT COUNT(*) FROM t") == "0\n");
        must(server.driver.reset(*server.connection, before));
    }
}

TEST_CASE("a MariaDB setting that will not go back is named") {
    Mariadb server;
    SessionState before = must(server.driver.remember(*server.connection));
    before.settings[2] = "sql_mode = NO_SUCH_MODE";
    const auto reset = server.driver.reset(*server.connection, before);
    REQUIRE(!reset.has_value());
    CHECK(reset.error().message.contains("sql_mode = NO_SUCH_MODE"));
}

// The connector crashed at the next statement, or waited for ever.
TEST_CASE("statements whose rows the connector does not expect are sent so that it gets over them") {
    Mariadb server;
    run(*server.connection, "CREATE TABLE t (x INT)");
    for (const std::string_view statement :
         {"VALUES (1), (2)",
          "(SELECT 1)",
          "(VALUES (1))",
          "CASE WHEN 1 THEN SELECT 2; ELSE SELECT 3; END CASE",
          "IF 1 THEN SELECT 1; SELECT 2; END IF",
          "FOR i IN 1..2 DO SELECT i; SELECT 5; END FOR",
          "OPTIMIZE TABLE t",
          "REPAIR TABLE t",
          "XA RECOVER",
          "SET STATEMENT max_statement_time = 9 FOR SELECT 1",
          "/*!50003 SELECT 4 */",
          "EXECUTE IMMEDIATE 'SELECT 1'",
          "PREPARE roost_p FROM 'SELECT 1'",
          "EXECUTE roost_p",
          "DEALLOCATE PREPARE roost_p",
          "WITH q AS (SELECT 1 AS a) SELECT a FROM q",
          "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END",
          "CREATE PROCEDURE p(a INT) BEGIN SELECT a; SELECT ';?\\\\'; END",
          "CALL p(1)",
          "CREATE FUNCTION f() RETURNS INT BEGIN DECLARE x INT; SET x = 1; RETURN x; END",
          "SELECT f()",
          "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.x = 1; SET NEW.x = 2; END",
          "INSERT INTO t VALUES (7) RETURNING x",
          "SHOW TABLES",
          "EXPLAIN SELECT 1",
          "ANALYZE TABLE t",
          "SELECT '?' AS `a?;b` /* ?; */ -- it's ;",
          "DO SLEEP(0)",
          "TRUNCATE TABLE t"}) {
        INFO(statement);
        const auto sent = must(server.driver.sendable(statement));
        run(*server.connection, sent);
        CHECK(rows(*server.connection, "SELECT 99") == "99\n");
    }
    CHECK(rows(*server.connection, "CALL p(3)") == "3\n");
}

TEST_CASE("an error inside of a compound statement keeps its number") {
    Mariadb server;
    const auto done = server.connection->execute(must(server.driver.sendable(
        "IF 1 THEN SELECT 1; SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 4321, MESSAGE_TEXT = 'no'; END IF")));
    REQUIRE(!done.has_value());
    CHECK(done.error().message.contains("no"));
    CHECK(rows(*server.connection, "SELECT 99") == "99\n");
}

TEST_CASE("users and databases of any name are reached on MariaDB") {
    Mariadb server;
    const std::string odd = "a;b}c {d='e'\\";
    run(*server.connection, fmt::format("CREATE USER {}@'%' IDENTIFIED BY 'p;w}}'", server.quoted(odd)));
    run(*server.connection, "CREATE DATABASE " + server.quoted("x;y}z"));
    run(*server.connection, fmt::format("GRANT ALL ON *.* TO {}@'%'", server.quoted(odd)));
    Target target = Mariadb::target("x%3By%7Dz" + server.suffix(), "a%3Bb%7Dc%20%7Bd%3D%27e%27%5C" + server.suffix());
    target.password = Secret("p;w}");
    const auto connection = test::open(server.driver, target);
    const ServerFacts facts = must(server.driver.facts(*connection, target));
    CHECK(facts.account == server.name(odd));
    CHECK(facts.database == server.name("x;y}z"));
}

// FORCETLS alone connects in clear text where the server offers no TLS.
TEST_CASE("where TLS was asked for, a MariaDB connection in clear text is refused") {
    Mariadb server;
    if (rows(*server.connection, "SELECT @@have_ssl") == "YES\n") {
        MESSAGE("not on this server: it offers TLS");
        return;
    }
    for (const std::string mode :
         {"&sslMode=trust", "&sslMode=REQUIRED", "&useSSL=true&requireSSL=true&verifyServerCertificate=false"}) {
        const auto connection = server.driver.connect(Mariadb::target(server.name("d"), {}, mode));
        REQUIRE(!connection.has_value());
        CHECK(connection.error().message.contains("clear text"));
    }
    const auto verified = server.driver.connect(
        Mariadb::target(server.name("d"), {}, "&sslMode=verify-full&serverSslCert=/etc/ssl/certs/ca-certificates.crt"));
    REQUIRE(!verified.has_value());
    CHECK(server.driver.diagnose(verified.error()).advice.contains("TLS"));
    CHECK(server.driver.connect(Mariadb::target(server.name("d"), {}, "&sslMode=disable")).has_value());
}

TEST_CASE("a session of roost's waits as long as it was told for locks, and idles as long as a run takes") {
    Mariadb server;
    Target target = server.target();
    target.lock_wait = milliseconds(1500);
    const auto connection = test::open(server.driver, target);
    CHECK(rows(*connection, "SELECT @@lock_wait_timeout, @@innodb_lock_wait_timeout, @@wait_timeout >= 604800") ==
          "2|2|1\n");
}

// How many sessions in the test's database wait for a lock with a name.
std::string waiters_in(const Mariadb& server) {
    return fmt::format("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = {} AND STATE = 'User lock'",
                       server.driver.names.literal(server.name("d")));
}

TEST_CASE("MariaDB's lock covers the whole server, and says who holds it") {
    Mariadb server;
    const Target target = server.target();
    auto held = must(server.driver.lock(target, {.holder = "Jörg@ci 2026-11-22T01:33:08.123Z"}, server.driver.connect));
    REQUIRE(held->connection() != nullptr);
    const auto begun = std::chrono::steady_clock::now();
    const Target elsewhere = Mariadb::target("mysql");
    auto waiting = server.driver.lock(elsewhere, {.wait = milliseconds(200), .holder = "bob"}, server.driver.connect);
    CHECK(std::chrono::steady_clock::now() - begun > milliseconds(190));
    REQUIRE(!waiting.has_value());
    CHECK(waiting.error().kind == ErrorKind::refused);
    CHECK(waiting.error().message.contains("Jörg@ci (account root@"));
    CHECK(waiting.error().message.contains("since 2026-11-22T01:33:08.123Z"));

    std::thread release([&] {
        CHECK(comes_true(*server.connection, waiters_in(server)));
        held.reset();
    });
    CHECK(server.driver.lock(target, {.wait = milliseconds(10000), .holder = "b"}, server.driver.connect).has_value());
    release.join();
    const std::string long_name(200, 'x');
    held = must(server.driver.lock(target, {.holder = long_name + " 2026-11-22T01:33:08.123Z"}, server.driver.connect));
    waiting = server.driver.lock(target, {.holder = "b"}, server.driver.connect);
    CHECK(waiting.error().message.contains("xxx... (account root@"));
    CHECK(waiting.error().message.ends_with(", since 2026-11-22T01:33:08.123Z"));
}

TEST_CASE("MariaDB's lock knows when it was lost") {
    Mariadb server;
    const auto lock = must(server.driver.lock(server.target(), {.holder = "a"}, server.driver.connect));
    must(lock->held());
    const auto before = lock->connection()->round_trips();
    must(lock->held());
    CHECK(lock->connection()->round_trips() - before == 1);
    run(*lock->connection(), "DO RELEASE_ALL_LOCKS()");
    CHECK(lock->held().error().message.contains("lost"));
    const auto again = must(server.driver.lock(server.target(), {.holder = "a"}, server.driver.connect));
    run(*server.connection, "KILL " + rows(*again->connection(), "SELECT CONNECTION_ID()"));
    const auto lost = again->held();
    REQUIRE(!lost.has_value());
    CHECK(server.driver.diagnose(lost.error()).fault == Fault::connection_lost);
}

// A statement of a run that was killed went on in the server while the next run had the lock.
TEST_CASE("MariaDB's lock is not had before the session of the run before has ended") {
    Mariadb server;
    const auto locked = [&](Connection* run, milliseconds wait) {
        return server.driver.lock(server.target(), {.wait = wait, .holder = "a", .run = run}, server.driver.connect);
    };
    auto killed = test::open(server.driver, server.target());
    const auto next = test::open(server.driver, server.target());
    const std::string session = rows(*killed, "SELECT CONCAT('session ', CONNECTION_ID(), ' (')");
    must(locked(killed.get(), milliseconds(0))).reset();  // the session that held the lock is gone, the run's is not
    const auto refused = locked(next.get(), milliseconds(100));
    REQUIRE(!refused.has_value());
    CHECK(refused.error().kind == ErrorKind::refused);
    CHECK(refused.error().message.starts_with(session.substr(0, session.size() - 1)));
    CHECK(refused.error().advice.contains("KILL"));

    std::thread end([&] {
        CHECK(comes_true(*server.connection, waiters_in(server)));
        killed.reset();
    });
    CHECK(locked(next.get(), milliseconds(10000)).has_value());
    end.join();
}

TEST_CASE("waiting for MariaDB's lock ends when it is interrupted") {
    Mariadb server;
    const auto held = must(server.driver.lock(server.target(), {.holder = "a"}, server.driver.connect));
    std::atomic<int> asked = 0;
    const auto begun = std::chrono::steady_clock::now();
    const auto stopped = server.driver.lock(
        server.target(), {.wait = milliseconds(60000), .holder = "b", .interrupted = [&] { return ++asked > 1; }},
        server.driver.connect);
    REQUIRE(!stopped.has_value());
    CHECK(stopped.error().kind == ErrorKind::interrupted);
    CHECK(std::chrono::steady_clock::now() - begun < milliseconds(10000));
}

TEST_CASE("a MariaDB statement that runs is ended by a cancel from another thread") {
    Mariadb server;
    std::atomic<bool> ended = false;
    std::thread cancel([&] {
        while (!ended) {
            server.connection->cancel();
            std::this_thread::sleep_for(milliseconds(20));
        }
    });
    const auto done = server.connection->execute("SELECT SLEEP(60) FROM mysql.user");
    ended = true;
    cancel.join();
    REQUIRE(!done.has_value());
    CHECK(server.driver.diagnose(done.error()).fault == Fault::cancelled);
}

}  // namespace
}  // namespace roost
