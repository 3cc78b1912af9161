#include <sqlite3.h>

#include "unit/sqlite/database.hpp"

namespace test = roost::test;

namespace {

struct Two {
    test::Folder folder;
    std::unique_ptr<roost::Connection> one = test::open(folder.file());
    std::unique_ptr<roost::Connection> other = test::open(folder.file());
    Two() { test::run(*one, "CREATE TABLE t (n)"); }
    std::string count() { return test::value(*other, "SELECT count(*) FROM t"); }
};

}  // namespace

TEST_CASE("a transaction is kept by commit and lost by rollback") {
    Two two;
    REQUIRE(two.one->begin().has_value());
    CHECK(two.one->in_transaction());
    test::run(*two.one, "INSERT INTO t VALUES (1)");
    CHECK(two.count() == "0");
    REQUIRE(two.one->commit().has_value());
    CHECK_FALSE(two.one->in_transaction());
    CHECK(two.count() == "1");
    REQUIRE(two.one->begin().has_value());
    test::run(*two.one, "INSERT INTO t VALUES (2)");
    REQUIRE(two.one->rollback().has_value());
    CHECK(two.count() == "1");
    CHECK(two.one->rollback().has_value());
}

TEST_CASE("commit after an error fails and keeps nothing") {
    Two two;
    REQUIRE(two.one->begin().has_value());
    test::run(*two.one, "INSERT INTO t VALUES (1)");
    CHECK_FALSE(two.one->execute("bogus").has_value());
    test::run(*two.one, "INSERT INTO t VALUES (2)");
    CHECK_FALSE(two.one->commit().has_value());
    CHECK_FALSE(two.one->in_transaction());
    CHECK(two.count() == "0");
}

TEST_CASE("going back to a savepoint saves the transaction") {
    Two two;
    REQUIRE(two.one->begin().has_value());
    test::run(*two.one, "INSERT INTO t VALUES (1); SAVEPOINT pack");
    CHECK_FALSE(two.one->execute("INSERT INTO t VALUES (2); bogus").has_value());
    test::run(*two.one, "ROLLBACK TO SAVEPOINT pack");
    REQUIRE(two.one->commit().has_value());
    CHECK(two.count() == "1");
}

TEST_CASE("a connection that goes away rolls back what is open") {
    Two two;
    REQUIRE(two.one->begin().has_value());
    test::run(*two.one, "INSERT INTO t VALUES (1)");
    two.one.reset();
    CHECK(two.count() == "0");
}

TEST_CASE("a busy database is an error") {
    Two two;
    REQUIRE(two.one->begin().has_value());
    const auto result = two.other->begin();
    REQUIRE_FALSE(result.has_value());
    CHECK((result.error().native & 0xff) == SQLITE_BUSY);
    CHECK_FALSE(two.other->in_transaction());
    REQUIRE(two.one->commit().has_value());
    CHECK(two.other->begin().has_value());
}

TEST_CASE("commit without a transaction is an error") { CHECK_FALSE(test::open(":memory:")->commit().has_value()); }

TEST_CASE("a transaction that SQLite ended by itself cannot be committed") {
    const auto connection = test::open(":memory:");
    test::run(*connection, "CREATE TABLE t (n UNIQUE ON CONFLICT ROLLBACK); INSERT INTO t VALUES (1)");
    REQUIRE(connection->begin().has_value());
    CHECK_FALSE(connection->execute("INSERT INTO t VALUES (1)").has_value());
    CHECK_FALSE(connection->in_transaction());
    CHECK_FALSE(connection->commit().has_value());
}
