// The two locks that keep runs on Oracle apart; on a server, or else on the model.
#include <atomic>
#include <thread>

#include "unit/drivers/oracle_live.hpp"

namespace roost {
namespace {

using std::chrono::milliseconds;
using test::must;
using test::OracleServer;
using test::rows;
using test::run;

const std::string may_lock = "EXECUTE ON sys.dbms_lock";
constexpr std::string_view lock_tables = "SELECT table_name FROM dba_tables WHERE owner = 'ROOST'";

void end_session_of(OracleServer& server, std::string_view module) {
    const std::string session =
        rows(*server.admin, fmt::format("SELECT sid, serial# FROM v$session WHERE module = '{}'", module));
    const auto bar = session.find('|');
    REQUIRE(bar != std::string::npos);
    run(*server.admin, fmt::format("ALTER SYSTEM KILL SESSION '{},{}' IMMEDIATE", session.substr(0, bar),
                                   session.substr(bar + 1, session.size() - bar - 2)));
}

TEST_CASE("Oracle's lock keeps a second run out, and says who holds it") {
    OracleServer server;
    server.owner({may_lock});
    auto held = must(server.lock("ROOST"));
    must(held->held());
    const auto waiting = server.lock("ROOST", milliseconds(1100));
    REQUIRE(!waiting.has_value());
    CHECK(waiting.error().kind == ErrorKind::refused);
    CHECK(waiting.error().message.contains("ROOST 2026-11-22T01:33:08.123Z (account ROOST)"));
    held.reset();
    CHECK(server.lock("ROOST").has_value());
}

// held() looked the lock's name up, which commits: the row was let go of.
TEST_CASE("asking whether Oracle's lock is held lets nothing go") {
    OracleServer server;
    server.owner();
    server.account("LOCKER", {"CREATE SESSION", "SELECT_CATALOG_ROLE", may_lock});
    static_cast<void>(must(server.lock("ROOST")));  // makes the row
    run(*server.admin, "GRANT SELECT, UPDATE ON roost.lock_row TO LOCKER");
    const auto held = must(server.lock("LOCKER"));
    must(held->held());
    must(held->held());
    CHECK(!server.lock("ROOST").has_value());
    CHECK(rows(*server.admin, "SELECT holder FROM roost.lock_row") == "\n");
}

TEST_CASE("Oracle's lock knows when it was lost") {
    OracleServer server;
    server.owner({may_lock});
    const auto held = must(server.lock("ROOST"));
    end_session_of(server, "roost lock");
    const auto lost = held->held();
    REQUIRE(!lost.has_value());
    CHECK(lost.error().message.contains("lost"));
    CHECK(server.lock("ROOST").has_value());
}

TEST_CASE("without DBMS_LOCK a row is the lock, and the first run makes it") {
    OracleServer server;
    server.owner();
    auto held = must(server.lock("ROOST"));
    CHECK(rows(*server.admin, lock_tables) == "LOCK_ROW\n");
    must(held->held());
    CHECK(!server.lock("ROOST").has_value());
    end_session_of(server, "roost lock");
    CHECK(!held->held().has_value());
    CHECK(server.lock("ROOST").has_value());
}

TEST_CASE("an account that can neither use DBMS_LOCK nor make the row is told what to grant") {
    OracleServer server;
    server.owner();
    server.account("LIMITED", {"CREATE SESSION"});
    const auto lock = server.lock("LIMITED");
    REQUIRE(!lock.has_value());
    CHECK(lock.error().advice.contains("grant EXECUTE ON sys.dbms_lock"));
}

TEST_CASE("of first runs at once, one has the lock") {
    OracleServer server;
    server.owner();
    std::atomic<int> had = 0, refused = 0, ended = 0;
    const auto attempt = [&] {
        const auto lock =
            server.driver.lock(server.target("ROOST"), {.wait = milliseconds(0), .holder = "a"}, server.driver.connect);
        ++(lock ? had : refused);
        ++ended;
        while (lock && ended < 4) std::this_thread::yield();  // holds it until the last has asked
    };
    std::vector<std::jthread> runs;
    for (int i = 0; i < 4; ++i) runs.emplace_back(attempt);
    runs.clear();
    CHECK(had == 1);
    CHECK(refused == 3);
}

// Each took a lock of its own, as there was no row yet.
TEST_CASE("at the very first run, accounts with DBMS_LOCK and without it keep each other out") {
    for (const bool with_right_first : {true, false}) {
        OracleServer server;
        server.owner();
        server.account("LOCKER", {"CREATE SESSION", "CREATE ANY TABLE", "SELECT ANY TABLE", "INSERT ANY TABLE",
                                  "UPDATE ANY TABLE", may_lock});
        const auto held = must(server.lock(with_right_first ? "LOCKER" : "ROOST"));
        CHECK(!server.lock(with_right_first ? "ROOST" : "LOCKER").has_value());
    }
}

// Who holds it was looked for over and over for a second, whatever --lock-timeout said, and deaf to an interrupt.
TEST_CASE("whoever does not say that he holds Oracle's lock is not waited for") {
    OracleServer server;
    server.owner();
    const auto connection = server.as("ROOST");
    const auto before = connection->round_trips();
    CHECK(!oracle::known_holder(*connection).has_value());
    CHECK(connection->round_trips() - before < 8);
}

// It was refused in the name of nobody.
TEST_CASE("Oracle's lock that is let go while its holder is looked for is had") {
    OracleServer server;
    server.owner({may_lock});
    auto held = must(server.lock("ROOST"));
    const Opener open = test::beforehand(server.driver, "module = 'roost lock'", [&] { held.reset(); });
    CHECK(server.driver.lock(server.target("ROOST"), {.holder = "b"}, open).has_value());
}

TEST_CASE("DBMS_LOCK alone is enough where the row cannot be made") {
    OracleServer server;
    server.account("LOCKER", {"CREATE SESSION", may_lock});
    const auto held = must(server.lock("LOCKER"));
    must(held->held());
    CHECK(!server.lock("LOCKER").has_value());
}

}  // namespace
}  // namespace roost
