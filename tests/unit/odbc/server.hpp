// The PostgreSQL that the ODBC tests run against.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <regex>
#include <string>

#include "odbc/connect.hpp"

namespace roost::test {

// The server that ROOST_TEST_POSTGRESQL names ("jdbc:postgresql://HOST:PORT/DATABASE?user=USER"), as ODBC has it, and
// `more`.
inline std::string postgresql(const std::string& more = {}) {
    const char* given = std::getenv("ROOST_TEST_POSTGRESQL");
    std::smatch parts;
    const std::string url = given ? given : "";
    if (!std::regex_match(url, parts, std::regex("jdbc:postgresql://([^:/]+):([0-9]+)/([^?]+)\\?user=([^&]+)"))) {
        FAIL("ROOST_TEST_POSTGRESQL names no PostgreSQL server to test on. Run scripts/test, which starts one");
        return {};
    }
    return "Driver={PostgreSQL Unicode};Protocol=7.4-0;Server=" + parts.str(1) + ";Port=" + parts.str(2) +
           ";Database=" + parts.str(3) + (more.contains("Uid=") ? ";" : ";Uid=" + parts.str(4) + ";") + more;
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
