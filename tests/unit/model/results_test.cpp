// Results of every shape, through the driver manager and the ODBC layer.
#include <fstream>
#include <string>

#include "unit/model/server.hpp"

namespace test = roost::test;

TEST_CASE("one row is read from both dialects") {
    const test::Model sqlserver("sqlserver"), oracle("oracle");
    CHECK(test::rows(*sqlserver.connect(), "SELECT 1 AS a, N'x' AS b, NULL AS c") == "1 x -");
    CHECK(test::rows(*oracle.connect(), "SELECT 1 AS a, 'x' AS b, NULL AS c FROM DUAL") == "1 x -");
}

TEST_CASE("more rows than a block holds are all read, NULLs among them") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    std::size_t count = 0, nulls = 0;
    std::string last;
    const auto done = connection->query(
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12345) "
        "SELECT i, CASE WHEN i % 2 = 0 THEN NULL ELSE N'row ' + CONVERT(nvarchar(10), i) END FROM n",
        {}, [&](auto cells) {
            ++count;
            nulls += cells[1] ? 0 : 1;
            if (cells[1]) last = *cells[1];
        });
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
    CHECK(count == 12345);
    CHECK(nulls == 6172);
    CHECK(last == "row 12345");
}

TEST_CASE("long cells and characters beyond the basic plane come whole") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    test::run(*connection, "CREATE TABLE dbo.t (id int, short nvarchar(20), long nvarchar(max))");
    std::string text;
    for (int i = 0; i < 30000; ++i) text += "é日🦅";
    const std::optional<std::string> values[] = {"🦅日本é", text, ""};
    test::run(*connection, "INSERT INTO dbo.t VALUES (1, ?, ?), (2, NULL, ?)", values);
    const auto found = read(*connection, "SELECT short, long FROM dbo.t ORDER BY id");
    REQUIRE_MESSAGE(found.has_value(), found.error().message);
    CHECK(found->text(0, 0) == "🦅日本é");
    CHECK(found->text(0, 1) == text);
    CHECK_FALSE(found->rows[1][0].has_value());
    CHECK(found->rows[1][1] == "");
}

TEST_CASE("to Oracle an empty text is NULL") {
    const test::Model model("oracle");
    const auto connection = model.connect();
    const std::optional<std::string> values[] = {""};
    CHECK(test::rows(*connection, "SELECT '', ? FROM DUAL", values) == "- -");
}

TEST_CASE("what the model does not know is an error that says so") {
    const test::Model one("sqlserver"), two("oracle");
    const auto sqlserver = one.connect();
    for (const char* sql : {"SELECT FROBNICATE(1)", "CREATE CERTIFICATE c", "SET FROBNICATE ON"}) {
        const auto done = sqlserver->execute(sql);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().native == 50000);
        CHECK(done.error().message.contains("model: not spoken"));
    }
    const auto oracle = two.connect();
    CHECK(oracle->execute("CREATE SYNONYM s FOR t").error().message.contains("model: not spoken"));
    CHECK(oracle->execute("SELECT FROBNICATE(1) FROM DUAL").error().message.contains("model: not spoken"));
}

TEST_CASE("every call is in the statement log") {
    const test::Model model("sqlserver");
    test::run(*model.connect(), "SELECT 'é \"x\"'");
    std::ifstream log(model.folder() + "/statements.log");
    std::string line;
    REQUIRE(std::getline(log, line));
    CHECK(line.contains(R"("database":"master","text":"SELECT 'é \"x\"'"})"));
}
