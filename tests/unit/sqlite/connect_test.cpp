#include "sqlite/connect.hpp"

#include <sqlite3.h>

#include <fstream>

#include "unit/sqlite/database.hpp"

namespace sqlite = roost::sqlite;
namespace test = roost::test;

TEST_CASE("a missing file is an error unless it may be created") {
    const test::Folder folder;
    const auto result = sqlite::connect({.file = folder.file()});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().message.contains("test.db"));
    CHECK_FALSE(std::filesystem::exists(folder.file()));
    test::run(*test::open(folder.file()), "CREATE TABLE t (n)");
    CHECK(sqlite::connect({.file = folder.file()}).has_value());
}

TEST_CASE("a file that is no database is an error at once") {
    const test::Folder folder;
    std::ofstream(folder.file()) << std::string(5000, 'x');
    const auto result = sqlite::connect({.file = folder.file()});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().native == SQLITE_NOTADB);
    CHECK(result.error().sqlstate.empty());
    CHECK(result.error().message.contains("test.db"));
    CHECK(result.error().advice.empty());  // the engine's driver has it
}

TEST_CASE("a folder is no database") {
    const test::Folder folder;
    CHECK_FALSE(sqlite::connect({.file = folder.file("")}).has_value());
}

TEST_CASE("a name with a NUL byte, or none at all, is refused") {
    CHECK_FALSE(sqlite::connect({.file = std::string("a\0b", 3), .create = true}).has_value());
    CHECK_FALSE(sqlite::connect({.file = "", .create = true}).has_value());
}

TEST_CASE("connecting counts as one round trip") {
    const test::Folder folder;
    CHECK(test::open(folder.file())->round_trips() == 1);
}
