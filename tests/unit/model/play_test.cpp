// What drivers do at their worst, played by script, and what the ODBC layer makes of it.
#include <chrono>
#include <future>
#include <string>

#include "unit/model/server.hpp"

namespace test = roost::test;
using namespace std::chrono_literals;

TEST_CASE("every record of an error is read, and doubles are dropped") {
    test::Model model("sqlserver");
    model.play(
        "at call matching /boom/: error 1205 state 42000 \"deadlock\" and error 1205 state 42000 \"deadlock\" and "
        "error 3621 state 42000 \"terminated\"\n");
    const auto connection = model.connect();
    const auto done = connection->execute("SELECT 'boom'");
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().native == 1205);
    CHECK(done.error().sqlstate == "42000");
    CHECK(done.error().message == "[model][SQL Server]deadlock; [model][SQL Server]terminated");
    CHECK(test::rows(*connection, "SELECT 'boom'") == "boom");
}

TEST_CASE("an error behind the first result is found") {
    test::Model model("sqlserver");
    model.play("at call matching /first/: run then error 50000 \"late\"\n");
    const auto connection = model.connect();
    CHECK(test::number(*connection, "SELECT 'first'") == 50000);
    CHECK(test::number(*connection, "SELECT 1; SELECT 2; RAISERROR('later', 16, 1)") == 50000);
    CHECK(test::rows(*connection, "SELECT 3") == "3");
}

TEST_CASE("an error is played at the number of its call, and again at every one") {
    test::Model model("sqlserver");
    model.play(
        "# the second role\nat call matching /CREATE ROLE/ number 2: error 1222 \"locked\"\nat every call matching "
        "/DROP/: error 15247 \"never\"\n");
    const auto connection = model.connect();
    test::run(*connection, "CREATE ROLE a");
    CHECK(test::number(*connection, "CREATE ROLE b") == 1222);
    test::run(*connection, "CREATE ROLE b");
    CHECK(test::number(*connection, "DROP ROLE a") == 15247);
    CHECK(test::number(*connection, "DROP ROLE a") == 15247);
}

TEST_CASE("a deadlock takes the transaction back") {
    test::Model model("sqlserver");
    model.play("at call matching /ROLE b/: error 1205 \"deadlock victim\"\n");
    const auto connection = model.connect();
    test::run(*connection, "BEGIN TRAN; CREATE ROLE a");
    CHECK(test::number(*connection, "CREATE ROLE b") == 1205);
    CHECK(test::rows(*connection, "SELECT @@TRANCOUNT, DATABASE_PRINCIPAL_ID('a')") == "0 -");
}

TEST_CASE("information comes with success") {
    test::Model model("sqlserver");
    model.play("at call: info \"one é\" and \"two\" then run\n");
    const auto connection = model.connect();
    const auto notices = test::run(*connection, "CREATE ROLE a");
    REQUIRE(notices.size() == 2);
    CHECK(notices[0].text == "[model][SQL Server]one é");
    CHECK(notices[1].sqlstate == "01000");
}

TEST_CASE("a lost connection is an error for good, and what was not committed is gone") {
    test::Model model("sqlserver");
    model.play("at call matching /lose/: lost connection\n");
    const auto connection = model.connect(), other = model.connect();
    test::run(*connection, "BEGIN TRAN; CREATE ROLE a");
    const auto lost = connection->execute("SELECT 'lose'");
    REQUIRE_FALSE(lost.has_value());
    CHECK(lost.error().sqlstate == "08S01");
    CHECK_FALSE(connection->execute("SELECT 1").has_value());
    CHECK(test::rows(*other, "SELECT COUNT(*) FROM sys.database_principals WHERE name = 'a'") == "0");
}

TEST_CASE("a session that another one killed is lost") {
    const test::Model model("sqlserver");
    const auto connection = model.connect(), other = model.connect();
    test::run(*other, "KILL " + test::rows(*connection, "SELECT @@SPID"));
    const auto lost = connection->execute("SELECT 1");
    REQUIRE_FALSE(lost.has_value());
    CHECK(lost.error().sqlstate == "08S01");
}

TEST_CASE("cancel ends what hangs, and the connection goes on") {
    test::Model model("sqlserver");
    model.play("at call matching /hang/: hang\n");
    const auto connection = model.connect();
    for (const char* sql : {"SELECT 'hang'", "WAITFOR DELAY '00:01:00'"}) {
        auto running = std::async(std::launch::async, [&] { return connection->execute(sql); });
        while (running.wait_for(5ms) != std::future_status::ready) connection->cancel();
        const auto done = running.get();
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().sqlstate == "HY008");
        CHECK(test::rows(*connection, "SELECT 1") == "1");
    }
}

TEST_CASE("a commit and a log-in can fail by script") {
    test::Model model("sqlserver");
    model.play("at commit: error 1205 \"deadlock\"\nat connect number 2: error 18456 state 28000 \"Login failed\"\n");
    const auto connection = model.connect();
    REQUIRE(connection->begin().has_value());
    test::run(*connection, "CREATE ROLE a");
    CHECK(connection->commit().error().native == 1205);
    const auto refused = model.try_connect();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().sqlstate == "28000");
}

TEST_CASE("a play that cannot be read is an error that shows where") {
    test::Model model("sqlserver");
    model.play("at call: explode\n");
    const auto refused = model.try_connect();
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.contains("explode"));
}
