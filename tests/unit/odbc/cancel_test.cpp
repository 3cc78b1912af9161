#include <chrono>
#include <future>
#include <string>
#include <thread>

#include "unit/odbc/server.hpp"

namespace test = roost::test;
using namespace std::chrono_literals;

TEST_CASE("cancel ends what another thread runs") {
    const auto connection = test::connect();
    auto running = std::async(std::launch::async, [&] { return connection->execute("SELECT pg_sleep(60)"); });
    while (running.wait_for(10ms) != std::future_status::ready) connection->cancel();
    const auto result = running.get();
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "57014");
    CHECK(test::value(*connection, "SELECT 1") == "1");
}

TEST_CASE("cancel while nothing runs does nothing") {
    const auto connection = test::connect();
    connection->cancel();
    CHECK(test::value(*connection, "SELECT 1") == "1");
}

TEST_CASE("cancel may come at any moment of a statement") {
    const auto connection = test::connect();
    std::jthread other([&](std::stop_token stop) {
        while (!stop.stop_requested()) connection->cancel();
    });
    for (int i = 0; i < 50; ++i) (void)connection->execute("SELECT generate_series(1, 1000)");
}

TEST_CASE("a lost connection is an error, and a transaction in it cannot be committed") {
    const auto admin = test::connect();
    const auto connection = test::connect();
    const auto pid = test::value(*connection, "SELECT pg_backend_pid()");
    REQUIRE(connection->begin().has_value());
    test::run(*connection, "SELECT 1");
    test::run(*admin, "SELECT pg_terminate_backend(" + pid + ", 5000)");
    const auto lost = connection->execute("SELECT 1");
    REQUIRE_FALSE(lost.has_value());
    CHECK(lost.error().sqlstate == "57P01");
    CHECK_FALSE(connection->execute("SELECT 2").has_value());
    CHECK_FALSE(connection->commit().has_value());
    CHECK_FALSE(connection->in_transaction());
    CHECK_FALSE(connection->query("SELECT 3", {}, [](auto) {}).has_value());
    connection->cancel();
}
