// Sessions that cannot write, and what tells of a transaction that is going to be rolled back.
#include "unit/drivers/mariadb_live.hpp"

namespace roost {
namespace {

using test::must;
using test::run;

std::int64_t rows_written(const Driver& driver, Connection& connection) {
    return std::stoll(must(read(connection, driver.info.rehearsal.rows_written)).text(0, 0));
}

TEST_CASE("a session of PostgreSQL that cannot write refuses roles, tables and rows, and reads on") {
    test::Postgresql server;
    Connection& connection = *server.connection;
    run(connection, server.driver.info.read_only);
    for (const std::string& sql : {"CREATE ROLE " + server.quoted("r"), std::string("CREATE TABLE t (a int)"),
                                   std::string("COMMENT ON ROLE postgres IS 'x'")})
        CHECK(connection.execute(sql).error().sqlstate == "25006");
    must(server.driver.graph(connection, {}));
}

TEST_CASE("a session of MariaDB that cannot write refuses roles, tables and rows, and reads on") {
    test::Mariadb server;
    Connection& connection = *server.connection;
    run(connection, "CREATE TABLE t (a int)");
    run(connection, server.driver.info.read_only);
    for (const std::string& sql : {"CREATE ROLE " + server.quoted("r"), "GRANT SELECT ON t TO " + server.quoted("r"),
                                   std::string("CREATE TABLE u (a int)"), std::string("INSERT INTO t VALUES (1)")})
        CHECK(connection.execute(sql).error().native == 1792);
    must(server.driver.graph(connection, server.facts()));
}

TEST_CASE("a session of SQLite that cannot write refuses tables and rows, and reads on") {
    test::Sqlite file;
    run(*file.connection, file.driver.info.read_only);
    CHECK(!file.connection->execute("CREATE TABLE t (a)"));
    CHECK(!file.connection->execute("INSERT INTO roost_role (name) VALUES ('hr')"));
    must(file.driver.graph(*file.connection, {}));
}

TEST_CASE("PostgreSQL counts the rows that a transaction wrote, those of roles and of roost's ledger apart") {
    test::Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("d"));
    const auto connection = test::open(server.driver, test::Postgresql::target(server.name("d")));
    run(*connection, "CREATE TABLE t (a int); CREATE SCHEMA roost; CREATE TABLE roost.run (a int)");
    must(connection->begin());
    CHECK(rows_written(server.driver, *connection) == 0);
    run(*connection,
        fmt::format("CREATE ROLE {0}; GRANT {0} TO postgres; INSERT INTO roost.run VALUES (1); GRANT SELECT ON "
                    "t TO {0}",
                    server.quoted("r")));
    CHECK(rows_written(server.driver, *connection) == 0);
    run(*connection, "INSERT INTO t VALUES (1), (2); UPDATE t SET a = 3 WHERE a = 2; DELETE FROM t");
    CHECK(rows_written(server.driver, *connection) == 5);
    run(*connection, "SELECT lo_create(0)");
    run(*connection, "SELECT lo_put(oid, 0, 'x') FROM pg_largeobject_metadata");
    CHECK(rows_written(server.driver, *connection) == 6);
    must(connection->rollback());
}

// A function that truncates and fills was counted as if it wrote nothing.
TEST_CASE("PostgreSQL does not count the rows of a transaction that truncated a table") {
    test::Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("d"));
    const auto connection = test::open(server.driver, test::Postgresql::target(server.name("d")));
    run(*connection,
        "CREATE TABLE t (a int); INSERT INTO t VALUES (1); CREATE FUNCTION refill() RETURNS void LANGUAGE sql AS "
        "'TRUNCATE "
        "t; INSERT INTO t VALUES (1)'");
    const auto counted = [&] { return must(read(*connection, server.driver.info.rehearsal.rows_written)); };
    must(connection->begin());
    run(*connection, "CREATE TABLE u (a int)");
    CHECK(counted().text(0, 0) != "");
    run(*connection, "SELECT refill()");
    CHECK(counted().text(0, 0) == "");
    must(connection->rollback());
}

TEST_CASE("what PostgreSQL puts off to the commit fails when constraints are checked at once") {
    test::Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("d"));
    const auto connection = test::open(server.driver, test::Postgresql::target(server.name("d")));
    run(*connection,
        "CREATE TABLE p (a int PRIMARY KEY); CREATE TABLE c (a int REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    must(connection->begin());
    run(*connection, server.driver.info.rehearsal.check_constraints);
    run(*connection, "INSERT INTO c VALUES (1)");  // still put off
    CHECK(connection->execute(server.driver.info.rehearsal.check_constraints).error().sqlstate == "23503");
    must(connection->rollback());
}

TEST_CASE("an engine on which statements about roles commit says why nothing is rehearsed there") {
    for (const Driver* driver : drivers())
        CHECK(driver->info.rehearsal.why_not.empty() == driver->info.transactional_role_ddl);
}

}  // namespace
}  // namespace roost
