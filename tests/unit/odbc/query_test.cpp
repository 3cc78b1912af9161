#include <optional>
#include <string>
#include <vector>

#include "unit/odbc/server.hpp"

namespace test = roost::test;
using namespace std::string_literals;

namespace {

using Parameter = std::optional<std::string>;

const std::string birds = "é日本🦅";

std::string repeated(const std::string& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

}  // namespace

TEST_CASE("100,000 rows arrive whole and in order") {
    const auto connection = test::connect();
    std::size_t count = 0;
    bool right = true;
    const auto result = connection->query(
        "SELECT g, ('user_' || g)::varchar(60), g % 7 = 0, CASE WHEN g % 2 = 0 THEN g::bigint END"
        "  FROM generate_series(1, 100000) g",
        {}, [&](std::span<const roost::Cell> cells) {
            const auto n = std::to_string(++count);
            right = right && cells.size() == 4 && cells[0] == n && cells[1] == "user_" + n &&
                    cells[2] == (count % 7 == 0 ? "1" : "0") &&
                    cells[3] == (count % 2 == 0 ? roost::Cell(n) : std::nullopt);
        });
    REQUIRE(result.has_value());
    CHECK(count == 100000);
    CHECK(right);
}

TEST_CASE("a cell of a megabyte is not harmed") {
    const auto connection = test::connect();
    CHECK(test::value(*connection, "SELECT repeat('0123456789abcdef', 65536)") == repeated("0123456789abcdef", 65536));
    // The pieces end inside a character.
    CHECK(test::value(*connection, "SELECT 'a' || repeat('🦅', 250000)") == "a" + repeated("🦅", 250000));
}

// psqlodbc says 255 for varchar without a length.
TEST_CASE("cells longer than their column was described are read whole, also inside a block") {
    const auto connection = test::connect();
    const auto rows = roost::read(
        *connection, "SELECT g, repeat('é', g * 300)::varchar, 'x'::varchar(1) FROM generate_series(0, 20) g");
    REQUIRE_MESSAGE(rows.has_value(), rows.error().message);
    REQUIRE(rows->rows.size() == 21);
    for (int i = 0; i < 21; ++i) {
        CHECK(rows->text(static_cast<std::size_t>(i), 1) == repeated("é", i * 300));
        CHECK(rows->text(static_cast<std::size_t>(i), 2) == "x");
    }
    CHECK(test::value(*connection, "SELECT ('1' || repeat('0', 400))::numeric") == "1" + repeated("0", 400));
}

TEST_CASE("NULL and the empty text are told apart") {
    const auto connection = test::connect();
    for (const char* type : {"varchar(10)", "text", "name"}) {
        CAPTURE(type);
        const auto sql = "SELECT NULL::"s + type + ", ''::" + type + ", NULL::int, 'x'::" + type;
        const auto rows = roost::read(*connection, sql);
        REQUIRE(rows.has_value());
        REQUIRE(rows->rows.size() == 1);
        CHECK(rows->rows[0] == std::vector<Parameter>{std::nullopt, "", std::nullopt, "x"});
    }
}

TEST_CASE("text is UTF-8 in statements, parameters and results") {
    const auto connection = test::connect();
    CHECK(test::value(*connection, "SHOW client_encoding") == "UTF8");
    CHECK(test::value(*connection, "SELECT '" + birds + "'") == birds);
    CHECK(test::value(*connection, "SELECT '" + birds + "'::varchar(20)") == birds);
    CHECK(test::value(*connection, "SELECT length('" + birds + "')") == "4");
    const std::vector<Parameter> bound{birds};
    CHECK(test::value(*connection, "SELECT encode(convert_to(?, 'UTF8'), 'hex')", bound) == "c3a9e697a5e69cacf09fa685");
}

TEST_CASE("text is UTF-8 in the connection string") {
    const auto admin = test::connect();
    test::run(*admin, "DROP ROLE IF EXISTS \"roost_" + birds + "\"");
    test::run(*admin, "CREATE ROLE \"roost_" + birds + "\" LOGIN SUPERUSER");
    CHECK(test::value(*test::connect("Uid=roost_" + birds), "SELECT current_user") == "roost_" + birds);
    test::run(*admin, "DROP ROLE \"roost_" + birds + "\"");
}

TEST_CASE("parameters carry quotes, backslashes, NULL and the empty text") {
    const auto connection = test::connect();
    const std::vector<Parameter> bound{"O'Reilly \"q\" \\ ? {x}", std::nullopt, "", "7", repeated(birds, 3000)};
    const auto rows = roost::read(*connection, "SELECT ?, ?, ?, ?::int + 1, ?", bound);
    REQUIRE_MESSAGE(rows.has_value(), rows.error().message);
    CHECK(rows->rows.at(0) == std::vector<Parameter>{bound[0], std::nullopt, "", "8", bound[4]});
}

TEST_CASE("parameters go into statements that give no rows") {
    const auto connection = test::connect();
    test::run(*connection, "CREATE TEMP TABLE bound (n int, t text)");
    const std::vector<Parameter> bound{"7", std::nullopt};
    REQUIRE(connection->execute("INSERT INTO bound VALUES (?, ?)", bound).has_value());
    CHECK(test::value(*connection, "SELECT count(*) FROM bound WHERE n = 7 AND t IS NULL") == "1");
}

TEST_CASE("a parameter with a NUL byte is refused") {
    const std::vector<Parameter> bound{"a\0b"s};
    CHECK_FALSE(test::connect()->query("SELECT ?", bound, [](auto) {}).has_value());
}

TEST_CASE("a query that fails says why, and the next one works") {
    const auto connection = test::connect();
    const auto result = roost::read(*connection, "SELECT 1 / (3 - g) FROM generate_series(1, 5) g");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "22012");
    CHECK(test::value(*connection, "SELECT 1") == "1");
}

TEST_CASE("an error while rows are fetched is told") {
    const auto connection = test::connect("UseDeclareFetch=1;Fetch=100");
    std::size_t count = 0;
    REQUIRE(connection->begin().has_value());
    const auto result =
        connection->query("SELECT 1 / (1000 - g) FROM generate_series(1, 2000) g", {}, [&](auto) { ++count; });
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "22012");
    CHECK(count < 1000);
    CHECK_FALSE(connection->commit().has_value());
}

TEST_CASE("a statement without rows is a query with none") {
    const auto rows = roost::read(*test::connect(), "DO $$ BEGIN END $$");
    REQUIRE(rows.has_value());
    CHECK(rows->empty());
}

TEST_CASE("a sink that throws leaves the connection usable") {
    const auto connection = test::connect();
    const auto stop = [](std::span<const roost::Cell>) { throw std::string("enough"); };
    CHECK_THROWS_AS((void)connection->query("SELECT generate_series(1, 10)", {}, stop), std::string);
    CHECK(test::value(*connection, "SELECT 1") == "1");
}
