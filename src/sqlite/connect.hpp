// Connections to an SQLite database file.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "db/connection.hpp"

namespace roost::sqlite {

struct Settings {
    std::filesystem::path file;
    bool create = false;  // else a missing file is an error: a typo must not make a database
    std::chrono::milliseconds busy_timeout{5000};
};

// Connects, with extended result codes, foreign keys as the build has them, and `execute` of several statements at
// once. An error has no SQLSTATE, but SQLite's extended result code as its native one.
Result<std::unique_ptr<Connection>> connect(const Settings& settings);

}  // namespace roost::sqlite
