#include <sqlite3.h>

#include <chrono>
#include <future>
#include <optional>
#include <vector>

#include "unit/sqlite/database.hpp"

namespace test = roost::test;
using namespace std::string_literals;
using namespace std::chrono_literals;

namespace {

using Bound = std::vector<std::optional<std::string>>;

std::unique_ptr<roost::Connection> memory() { return test::open(":memory:"); }

}  // namespace

TEST_CASE("execute runs several statements and stops at the first error") {
    const auto connection = memory();
    test::run(*connection, "CREATE TABLE t (n); INSERT INTO t VALUES (1); -- the end\n");
    const auto result =
        connection->execute("INSERT INTO t VALUES (2); INSERT INTO missing VALUES (3); INSERT INTO t VALUES (4)");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().message == "no such table: missing");
    CHECK(result.error().native == SQLITE_ERROR);
    CHECK(test::value(*connection, "SELECT group_concat(n) FROM t") == "1,2");
}

TEST_CASE("nothing but comments is no error") {
    test::run(*memory(), "");
    test::run(*memory(), "-- nothing\n/* at all */");
    CHECK(roost::read(*memory(), " -- nothing").value().empty());
}

TEST_CASE("an error has the extended result code") {
    const auto connection = memory();
    test::run(*connection, "CREATE TABLE t (n PRIMARY KEY); INSERT INTO t VALUES (1)");
    const auto result = connection->execute("INSERT INTO t VALUES (1)");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().native == SQLITE_CONSTRAINT_PRIMARYKEY);
    CHECK(result.error().sqlstate.empty());
}

TEST_CASE("cells keep NULL, the empty text, UTF-8 and a megabyte") {
    const auto rows = roost::read(*memory(), "SELECT NULL, '', 'é日本🦅', 7, printf('%.*c', 1000000, 'x')");
    REQUIRE(rows.has_value());
    const auto& row = rows->rows.at(0);
    CHECK(row[0] == std::nullopt);
    CHECK(row[1] == "");
    CHECK(row[2] == "é日本🦅");
    CHECK(row[3] == "7");
    CHECK(row[4] == std::string(1000000, 'x'));
}

TEST_CASE("parameters carry quotes, NULL and UTF-8") {
    const Bound bound{"O'Reilly é日本🦅", std::nullopt, ""};
    const auto rows = roost::read(*memory(), "SELECT ?, ?, ?", bound);
    REQUIRE(rows.has_value());
    CHECK(rows->rows.at(0) == bound);
}

TEST_CASE("the number of parameters must be right") {
    const auto connection = memory();
    CHECK_FALSE(connection->execute("SELECT ?").has_value());
    CHECK_FALSE(connection->execute("SELECT ?", Bound{"a", "b"}).has_value());
    CHECK_FALSE(connection->execute("SELECT ?; SELECT 2", Bound{"a"}).has_value());
    CHECK_FALSE(roost::read(*connection, "SELECT 1; SELECT 2").has_value());
}

TEST_CASE("NUL bytes in statements and parameters are refused") {
    const auto connection = memory();
    CHECK_FALSE(connection->execute("SELECT 1\0; SELECT 2"s).has_value());
    CHECK_FALSE(connection->execute("SELECT ?", Bound{"a\0b"s}).has_value());
}

TEST_CASE("cancel ends what another thread runs") {
    const auto connection = memory();
    auto running = std::async(std::launch::async, [&] {
        return connection->execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
    });
    while (running.wait_for(5ms) != std::future_status::ready) connection->cancel();
    const auto result = running.get();
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().native == SQLITE_INTERRUPT);
    CHECK(test::value(*connection, "SELECT 1") == "1");
}

TEST_CASE("each call is one round trip") {
    const auto connection = memory();
    test::run(*connection, "SELECT 1; SELECT 2");
    test::value(*connection, "SELECT 1");
    REQUIRE(connection->begin().has_value());
    REQUIRE(connection->commit().has_value());
    CHECK(connection->round_trips() == 5);
}
