// The PostgreSQL that the ODBC tests run against.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "odbc/connect.hpp"

namespace roost::test {

// What ROOST_TEST_POSTGRESQL says, with the driver and `more` added.
inline std::string postgresql(const std::string& more = {}) {
    const char* given = std::getenv("ROOST_TEST_POSTGRESQL");
    if (given == nullptr) {
        FAIL(
            "ROOST_TEST_POSTGRESQL is not set: it is the ODBC connection string of a PostgreSQL server to test on, "
            "without Driver. Run scripts/test, which starts one");
        return {};
    }
    return "Driver={PostgreSQL Unicode};Protocol=7.4-0;" + std::string(given) + ";" + more;
}

inline std::unique_ptr<Connection> connect(const std::string& more = {}) {
    auto connection =
        odbc::connect({.connection_string = Secret(postgresql(more)), .manual_commit_aborts = true}, "odbc-postgresql");
    REQUIRE_MESSAGE(connection.has_value(), connection.error().message);
    return std::move(*connection);
}

// The one cell of a query.
inline std::string value(Connection& connection, std::string_view sql, Parameters parameters = {}) {
    const auto rows = read(connection, sql, parameters);
    REQUIRE_MESSAGE(rows.has_value(), rows.error().message);
    REQUIRE(rows->rows.size() == 1);
    return rows->text(0, 0);
}

inline void run(Connection& connection, std::string_view sql) {
    const auto done = connection.execute(sql);
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
}

}  // namespace roost::test
