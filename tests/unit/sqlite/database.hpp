// A database file of its own for each test.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "sqlite/connect.hpp"
#include "support/folder.hpp"

namespace roost::test {

inline std::unique_ptr<Connection> open(const std::filesystem::path& file,
                                        std::chrono::milliseconds busy_timeout = std::chrono::milliseconds(0)) {
    auto connection = sqlite::connect({.file = file, .create = true, .busy_timeout = busy_timeout});
    REQUIRE_MESSAGE(connection.has_value(), connection.error().message);
    return std::move(*connection);
}

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
