#include "history/flyway.hpp"

#include <doctest/doctest.h>

using namespace roost;

namespace {

Migration row(std::int64_t rank, std::string version, std::string type = "SQL", bool success = true) {
    return {.rank = rank,
            .version = std::move(version),
            .description = "d",
            .type = std::move(type),
            .script = "",
            .success = success};
}
std::string version_of(std::vector<Migration> migrations) {
    const auto history = read_history(std::move(migrations));
    REQUIRE(history);
    return history->version ? history->version->text() : "none";
}

}  // namespace

TEST_CASE("the current version is the highest one, not the last one installed") {
    CHECK(version_of({row(1, "1"), row(2, "5.10"), row(3, "5.2")}) == "5.10");
}

TEST_CASE("repeatables and the creation of a schema have no version") {
    CHECK(version_of({row(0, "", "SCHEMA"), row(1, "2"), row(2, "")}) == "2");
    CHECK(version_of({row(1, "")}) == "none");
    CHECK(version_of({}) == "none");
}

TEST_CASE("a baseline counts as its version") {
    for (const char* type : {"BASELINE", "SQL_BASELINE", "JDBC_BASELINE"})
        CHECK(version_of({row(1, "4", type), row(2, "3")}) == "4");
}

TEST_CASE("a deleted or undone migration does not count until it is applied again") {
    CHECK(version_of({row(1, "1"), row(2, "2"), row(3, "2", "DELETE")}) == "1");
    CHECK(version_of({row(1, "1"), row(2, "2"), row(3, "2", "UNDO_SQL")}) == "1");
    CHECK(version_of({row(1, "1"), row(2, "2"), row(3, "2", "UNDO_SQL"), row(4, "2")}) == "2");
}

TEST_CASE("rows are taken by rank, whatever order they come in") {
    CHECK(version_of({row(3, "2", "UNDO_SQL"), row(2, "2"), row(1, "1")}) == "1");
}

TEST_CASE("a failed migration is reported and gives no version") {
    const auto history = read_history({row(1, "1"), row(2, "2", "SQL", false)});
    REQUIRE(history);
    REQUIRE(history->failed.size() == 1);
    CHECK(history->failed[0].rank == 2);
    CHECK(history->version->text() == "1");
    CHECK(history->rank == 2);
}

TEST_CASE("a failed migration that was repaired away or applied since is no failure") {
    CHECK(read_history({row(1, "2", "SQL", false), row(2, "2", "DELETE")})->failed.empty());
    CHECK(read_history({row(1, "2", "SQL", false), row(2, "2")})->failed.empty());
}

TEST_CASE("a failed undo leaves a failed migration") {
    CHECK(read_history({row(1, "2"), row(2, "2", "UNDO_SQL", false)})->failed.size() == 1);
}

TEST_CASE("a version that Flyway could not have written is an error that names the row") {
    const auto history = read_history({row(7, "abc")});
    REQUIRE_FALSE(history);
    CHECK(history.error().message == "the history's row 7 has version 'abc', which is none of Flyway's");
}
