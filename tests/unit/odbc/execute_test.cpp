#include <string>

#include "unit/odbc/server.hpp"

namespace test = roost::test;
using namespace std::string_literals;

TEST_CASE("an error has SQLSTATE, native code and one line of text") {
    const auto connection = test::connect();
    const auto result = connection->execute("SELECT * FROM roost_no_such_table");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "42P01");
    CHECK(result.error().native == 1);
    CHECK(result.error().message == "ERROR: relation \"roost_no_such_table\" does not exist");
}

TEST_CASE("the detail of an error is part of it") {
    const auto connection = test::connect();
    const auto result =
        connection->execute("DO $$ BEGIN RAISE EXCEPTION 'bad é日本🦅' USING DETAIL = 'the detail'; END $$");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "P0001");
    CHECK(result.error().message == "ERROR: bad é日本🦅 DETAIL: the detail");
}

TEST_CASE("an error behind the first result is found") {
    const auto connection = test::connect();
    const auto result = connection->execute("SELECT 1; SELECT 2; SELECT 1/(g-1) FROM generate_series(1, 1) g");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "22012");
    CHECK(test::value(*connection, "SELECT 'still usable'") == "still usable");
}

TEST_CASE("notices come with success") {
    const auto connection = test::connect();
    const auto result = connection->execute("DO $$ BEGIN RAISE NOTICE 'one é'; RAISE WARNING 'two'; END $$; SELECT 1");
    REQUIRE(result.has_value());
    REQUIRE_FALSE(result->empty());  // psqlodbc joins them into one record
    CHECK(result->front().text.contains("NOTICE: one é"));
    CHECK(result->back().text.contains("WARNING: two"));
    CHECK(connection->execute("SELECT 1").value().empty());
}

TEST_CASE("long diagnostics come in one piece") {
    const auto connection = test::connect();
    const auto notice = connection->execute("DO $$ BEGIN RAISE NOTICE '%', repeat('x', 30000); END $$");
    REQUIRE(notice.has_value());
    REQUIRE(notice->size() == 1);
    CHECK(notice->front().text.size() == 30008);
    const auto error = connection->execute("DO $$ BEGIN RAISE EXCEPTION '%', repeat('é', 1000); END $$");
    REQUIRE_FALSE(error.has_value());
    CHECK(error.error().message.size() == 2007);
}

// psqlodbc counts the length in 16 bits and then has nothing to say.
TEST_CASE("notices too long for the driver are not lost without a word") {
    const auto connection = test::connect();
    const auto result = connection->execute("DO $$ BEGIN RAISE NOTICE '%', repeat('x', 40000); END $$");
    REQUIRE(result.has_value());
    CHECK(result->size() == 1);
}

TEST_CASE("a pack of statements runs as one, or not at all") {
    const auto connection = test::connect();
    test::run(*connection, "CREATE TEMP TABLE pack (n int); INSERT INTO pack VALUES (1)");
    CHECK_FALSE(connection->execute("INSERT INTO pack VALUES (2); INSERT INTO pack VALUES ('x')").has_value());
    CHECK(test::value(*connection, "SELECT count(*) FROM pack") == "1");
}

TEST_CASE("statements that change no row succeed") {
    const auto connection = test::connect();
    test::run(*connection, "CREATE TEMP TABLE empty_table (n int)");
    test::run(*connection, "DELETE FROM empty_table");
    test::run(*connection, "SELECT * FROM empty_table");
}

TEST_CASE("a statement with a NUL byte is refused and nothing is sent") {
    const auto connection = test::connect();
    const auto before = connection->round_trips();
    CHECK_FALSE(connection->execute("SELECT 1\0; DROP TABLE x"s).has_value());
    CHECK_FALSE(connection->execute("SELECT 1 \xff").has_value());
    CHECK(connection->round_trips() == before);
}

TEST_CASE("a question mark that ODBC takes for a parameter gets advice") {
    const auto result = test::connect()->execute(R"(SELECT '{"a": 1}'::jsonb ? 'a')");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "07002");
    CHECK_FALSE(result.error().advice.empty());
}

TEST_CASE("each statement, commit and rollback is one round trip") {
    const auto connection = test::connect();
    const auto before = connection->round_trips();
    test::run(*connection, "SELECT 1; SELECT 2");
    CHECK(connection->round_trips() == before + 1);
    REQUIRE(connection->begin().has_value());
    CHECK(connection->round_trips() == before + 1);
    test::value(*connection, "SELECT 1");
    REQUIRE(connection->commit().has_value());
    CHECK(connection->round_trips() == before + 3);
}
