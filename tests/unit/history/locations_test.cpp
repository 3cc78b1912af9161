// Which files Flyway 11.8.2 found below such locations, and what it called them.
#include <doctest/doctest.h>

#include "history/files.hpp"

using namespace roost;

namespace {

// The name of the script at `path` in the location; "none": it is not in it.
std::string script(std::string_view location, const std::string& path) {
    const auto parsed = Location::parse(location);
    REQUIRE(parsed);
    if (!path.starts_with(parsed->root + "/")) return "none";
    return parsed->script(path.substr(parsed->root.size() + 1)).value_or("none");
}

}  // namespace

TEST_CASE("a folder holds all below it, named from there") {
    CHECK(script("filesystem:a", "a/V1__top.sql") == "V1__top.sql");
    CHECK(script("filesystem:a", "a/x/y/V3__xy.sql") == "x/y/V3__xy.sql");
    CHECK(script("filesystem:h.h/", "h.h/V51__h.sql") == "V51__h.sql");
    CHECK(script("a//b/", "a/b/V1__x.sql") == "V1__x.sql");
    CHECK(script("filesystem:/srv/sql", "/srv/sql/V1__x.sql") == "V1__x.sql");
}

TEST_CASE("a star is one character or more of one part, a question mark exactly one") {
    CHECK(script("filesystem:c/*/sql", "c/two/sql/V22__two.sql") == "V22__two.sql");
    CHECK(script("filesystem:c/*/sql", "c/two/sql/deep/V25__deep.sql") == "deep/V25__deep.sql");
    CHECK(script("filesystem:c/*/sql", "c/two/other/V23__other.sql") == "none");
    CHECK(script("filesystem:c/*/sql", "c/V24__c.sql") == "none");
    CHECK(script("filesystem:./b?", "./b1/sub/V12__b1sub.sql") == "sub/V12__b1sub.sql");
    CHECK(script("filesystem:./b?", "./b22/V14__b22.sql") == "none");
    CHECK(script("filesystem:./b*", "./b/V1__x.sql") == "none");
}

TEST_CASE("a star behind a folder takes what its folders hold, not its own files") {
    CHECK(script("filesystem:a/*", "a/V1__top.sql") == "none");
    CHECK(script("filesystem:a/*", "a/x/y/V3__xy.sql") == "y/V3__xy.sql");
}

TEST_CASE("two stars are any number of folders") {
    CHECK(script("filesystem:a/**/y", "a/x/y/z/V4__xyz.sql") == "z/V4__xyz.sql");
    CHECK(script("filesystem:a/**/y", "a/x/V2__x.sql") == "none");
    CHECK(script("filesystem:a/**/V*.sql", "a/x/V2__x.sql") == "x/V2__x.sql");
    CHECK(script("filesystem:a/**/V*.sql", "a/V1__top.sql") == "V1__top.sql");
    CHECK(script("filesystem:a/**", "a/x/V2__x.sql") == "none");
}

TEST_CASE("a last part with a dot is the name of files") {
    CHECK(script("filesystem:d/V3?__x*.sql", "d/V33__x22.sql") == "V33__x22.sql");
    CHECK(script("filesystem:d/V3?__x*.sql", "d/V31__keep.sql") == "none");
    CHECK(script("filesystem:d/**/V*__x?.sql", "d/e/V34__x3.sql") == "e/V34__x3.sql");
    CHECK(script("filesystem:d/**/V*__x?.sql", "d/V33__x22.sql") == "none");
}

TEST_CASE("a pattern that no folder stands before has no root") {
    CHECK(Location::parse("filesystem:b?")->root.empty());
    CHECK(Location::parse("filesystem:**/g")->root.empty());
}

TEST_CASE("locations that are no folders are not read") {
    CHECK_FALSE(Location::parse("classpath:db/migration"));
    CHECK_FALSE(Location::parse("s3:bucket/folder"));
}
