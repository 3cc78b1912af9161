#include <string>

#include "unit/odbc/server.hpp"

namespace test = roost::test;

namespace {

// A table that outlives a connection, for one test.
class SharedTable {
public:
    SharedTable() {
        test::run(*admin_, "DROP TABLE IF EXISTS roost_odbc_kept");
        test::run(*admin_, "CREATE TABLE roost_odbc_kept (n int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)");
    }
    ~SharedTable() { (void)admin_->execute("DROP TABLE roost_odbc_kept"); }
    std::string count() { return test::value(*admin_, "SELECT count(*) FROM roost_odbc_kept"); }

private:
    std::unique_ptr<roost::Connection> admin_ = test::connect();
};

}  // namespace

TEST_CASE("a transaction is kept by commit and lost by rollback") {
    SharedTable table;
    const auto connection = test::connect();
    CHECK_FALSE(connection->in_transaction());
    REQUIRE(connection->begin().has_value());
    CHECK(connection->in_transaction());
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    CHECK(table.count() == "0");
    REQUIRE(connection->commit().has_value());
    CHECK_FALSE(connection->in_transaction());
    CHECK(table.count() == "1");

    REQUIRE(connection->begin().has_value());
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (2)");
    REQUIRE(connection->rollback().has_value());
    CHECK(table.count() == "1");
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (3)");
    CHECK(table.count() == "2");
}

// psqlodbc with Protocol=7.4-0 answers success to this commit, while the server rolls back.
TEST_CASE("commit after an error fails and keeps nothing") {
    SharedTable table;
    const auto connection = test::connect();
    REQUIRE(connection->begin().has_value());
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    CHECK_FALSE(connection->execute("INSERT INTO roost_odbc_kept VALUES ('x')").has_value());
    CHECK(connection->execute("SELECT 1").error().sqlstate == "25P02");
    CHECK_FALSE(connection->commit().has_value());
    CHECK_FALSE(connection->in_transaction());
    CHECK(table.count() == "0");
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    CHECK(table.count() == "1");
}

TEST_CASE("a transaction that begins and ends by statements is like any other") {
    SharedTable table;
    const auto made =
        roost::odbc::connect({.connection_string = roost::Secret(test::postgresql()),
                              .manual_commit_aborts = true,
                              .transaction = {.begin = "BEGIN", .commit = "COMMIT", .rollback = "ROLLBACK"}});
    REQUIRE(made.has_value());
    roost::Connection& connection = **made;
    REQUIRE(connection.begin().has_value());
    CHECK(connection.in_transaction());
    CHECK_FALSE(connection.begin().has_value());
    test::run(connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    CHECK(table.count() == "0");
    REQUIRE(connection.commit().has_value());
    CHECK_FALSE(connection.in_transaction());
    CHECK(table.count() == "1");

    REQUIRE(connection.begin().has_value());
    test::run(connection, "INSERT INTO roost_odbc_kept VALUES (2)");
    CHECK_FALSE(connection.execute("SELEKT").has_value());
    CHECK_FALSE(connection.commit().has_value());
    CHECK(table.count() == "1");
    test::run(connection, "INSERT INTO roost_odbc_kept VALUES (3)");  // on its own again
    CHECK(table.count() == "2");

    REQUIRE(connection.begin().has_value());
    test::run(connection, "INSERT INTO roost_odbc_kept VALUES (4), (4)");
    CHECK_FALSE(connection.commit().has_value());  // refused by the server: the key is only looked at now
    test::run(connection, "INSERT INTO roost_odbc_kept VALUES (5)");
    CHECK(table.count() == "3");
}

TEST_CASE("an error that is told by its number loses a state that it shares with most") {
    const auto made = roost::odbc::connect({.connection_string = roost::Secret(test::postgresql()), .numbered = true});
    REQUIRE(made.has_value());
    const auto sent = (*made)->execute("SELEKT");
    REQUIRE_FALSE(sent.has_value());
    CHECK(sent.error().sqlstate.empty());
    CHECK(sent.error().native == 1);
}

TEST_CASE("going back to a savepoint saves the transaction") {
    SharedTable table;
    const auto connection = test::connect();
    REQUIRE(connection->begin().has_value());
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    test::run(*connection, "SAVEPOINT roost_pack");
    CHECK_FALSE(connection->execute("SELECT 1; bogus").has_value());
    test::run(*connection, "ROLLBACK TO SAVEPOINT roost_pack");
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (2)");
    REQUIRE(connection->commit().has_value());
    CHECK(table.count() == "2");
}

TEST_CASE("an error that only commit finds is told, and nothing is kept") {
    SharedTable table;
    const auto connection = test::connect();
    REQUIRE(connection->begin().has_value());
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    const auto result = connection->commit();
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "23505");
    CHECK_FALSE(connection->in_transaction());
    CHECK(table.count() == "0");
    test::run(*connection, "SELECT 1");
}

TEST_CASE("a connection that goes away rolls back what is open") {
    SharedTable table;
    {
        const auto connection = test::connect();
        REQUIRE(connection->begin().has_value());
        test::run(*connection, "INSERT INTO roost_odbc_kept VALUES (1)");
    }
    CHECK(table.count() == "0");
}

TEST_CASE("rollback without a transaction does nothing, commit and a second begin are errors") {
    const auto connection = test::connect();
    CHECK(connection->rollback().has_value());
    CHECK_FALSE(connection->commit().has_value());
    REQUIRE(connection->begin().has_value());
    CHECK_FALSE(connection->begin().has_value());
    CHECK(connection->commit().has_value());
}
