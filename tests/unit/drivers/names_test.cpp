#include <doctest/doctest.h>

#include <string>

#include "db/driver.hpp"

namespace roost {
namespace {

struct NameCase {
    std::string_view engine;
    std::string name;
    bool taken;
};

TEST_CASE("a name is taken as it is, or refused: never trimmed, folded or cut") {
    const NameCase cases[] = {
        {"postgresql", "guineapigs", true},
        {"postgresql", "Mixed Case; \"quoted\"", true},
        {"postgresql", " blank ", true},
        {"postgresql", "Public", true},
        {"postgresql", "PG_x", true},
        {"postgresql", "ann@example.org", true},
        {"postgresql", std::string(63, 'x'), true},
        {"postgresql", std::string(64, 'x'), false},
        {"postgresql", std::string(61, 'x') + "é", true},
        {"postgresql", std::string(62, 'x') + "é", false},
        {"postgresql", "", false},
        {"postgresql", "public", false},
        {"postgresql", "none", false},
        {"postgresql", "pg_monitor", false},
        {"postgresql", "a\xff", false},
        {"postgresql", std::string("a\0b", 3), false},
        {"sqlite", "pg_monitor", true},
        {"sqlite", std::string(255, 'x'), true},
        {"sqlite", std::string(256, 'x'), false},
        {"sqlite", "", false},
        {"sqlite", "a\xff", false},
        {"sqlite", std::string("a\0b", 3), false},
    };
    for (const NameCase& test : cases) {
        INFO(test.engine, ": ", test.name);
        const auto canonical = driver_named(test.engine)->names.canonical(test.name);
        CHECK(canonical.has_value() == test.taken);
        if (canonical) {
            CHECK(*canonical == test.name);
        } else {
            CHECK(canonical.error().kind == ErrorKind::usage);
        }
    }
}

TEST_CASE("names and literals are quoted so that nothing in them is read as SQL") {
    const auto& postgresql = driver_named("postgresql")->names;
    CHECK(postgresql.quote("a\"b") == "\"a\"\"b\"");
    CHECK(postgresql.quote("Hr; DROP") == "\"Hr; DROP\"");
    CHECK(postgresql.literal("it's") == "'it''s'");
    CHECK(postgresql.literal("\\'; x") == "E'\\\\''; x'");
    const auto& sqlite = driver_named("sqlite")->names;
    CHECK(sqlite.quote("a\"b") == "\"a\"\"b\"");
    CHECK(sqlite.literal("it's \\") == "'it''s \\'");
}

}  // namespace
}  // namespace roost
