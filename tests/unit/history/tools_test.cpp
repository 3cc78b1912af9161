#include "history/tools.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace roost;

namespace {

History history_of(std::string_view tool, const HistoryRows& rows) {
    const auto history = reader_named(tool)->read(rows);
    REQUIRE(history);
    return *history;
}

// "5.2 at v5.2", and what has failed.
std::string told(std::string_view tool, const HistoryRows& rows) {
    const History history = history_of(tool, rows);
    std::string text = fmt::format("{} at {}", history.version ? history.version->text() : "none", history.at);
    for (const Migration& failed : history.failed)
        text += fmt::format(", failed {}{} {}", failed.version, failed.description, failed.script);
    return text;
}

using Row = std::vector<std::string>;
Row changeset(std::string id, std::string tag = "", std::string outcome = "EXECUTED") {
    return {std::move(id), "ann", "db/log.xml", "1", std::move(outcome), "9:abc", std::move(tag)};
}

}  // namespace

TEST_CASE("every tool that can be named has a reader, and no other") {
    for (const char* name : {"flyway", "liquibase", "golang-migrate", "dbmate", "alembic", "efcore", "sqitch"})
        CHECK(reader_named(name)->name == name);
    CHECK(reader_named("none") == nullptr);
}

TEST_CASE("an empty table is no version, of whatever tool") {
    for (const char* name : {"flyway", "liquibase", "golang-migrate", "dbmate", "alembic", "efcore", "sqitch"}) {
        const History history = history_of(name, {});
        CHECK(!history.version);
        CHECK(history.at.empty());
        CHECK(history.rank == 0);
        CHECK(history.failed.empty());
    }
}

TEST_CASE("Flyway's rows are read by their columns") {
    CHECK(told("flyway", {{"2", "5.2", "d", "SQL", "V5_2__d.sql", "1", "me", "now", "1"},
                          {"1", "5.1", "d", "SQL", "V5_1__d.sql", "1", "me", "now", "t"},
                          {"3", "5.3", "d", "SQL", "V5_3__d.sql", "1", "me", "now", "0"}}) ==
          "5.2 at 5.2, failed 5.3d V5_3__d.sql");
}

TEST_CASE("Liquibase is at its latest tag, or else at its last changeset") {
    CHECK(told("liquibase", {changeset("1"), changeset("2")}) == "none at 2::ann");
    CHECK(told("liquibase", {changeset("1", "v5.1"), changeset("2", "v5.2"), changeset("3")}) == "5.2 at v5.2");
    CHECK(told("liquibase", {changeset("1", "5.2")}) == "5.2 at 5.2");
    CHECK(told("liquibase", {changeset("1", "summer")}) == "none at summer");
}

TEST_CASE("a changeset that Liquibase marked as failed has failed, other outcomes have not") {
    CHECK(told("liquibase", {changeset("1", "", "FAILED"), changeset("2", "v1")}) ==
          "1 at v1, failed 1::ann db/log.xml");
    for (const char* outcome : {"EXECUTED", "RERAN", "MARK_RAN", "SKIPPED"})
        CHECK(history_of("liquibase", {changeset("1", "", outcome)}).failed.empty());
}

TEST_CASE("a dirty version of golang-migrate's has failed") {
    CHECK(told("golang-migrate", {{"20260102030405", "0"}}) == "20260102030405 at 20260102030405");
    for (const char* dirty : {"1", "t", "true"}) CHECK(told("golang-migrate", {{"5", dirty}}) == "5 at 5, failed 5 ");
}

TEST_CASE("true is what any engine calls so") {
    for (const char* yes : {"1", "t", "true", "\x01"}) CHECK(is_true(yes));
    for (const std::string_view no : {std::string_view(""), std::string_view("0"), std::string_view("f"),
                                      std::string_view("false"), std::string_view("\0", 1)})
        CHECK_FALSE(is_true(no));
}

TEST_CASE("dbmate is at its highest version, whose length may differ") {
    CHECK(told("dbmate", {{"10"}, {"9"}}) == "10 at 10");
    CHECK(told("dbmate", {{"20260102030405"}, {"20250102030405"}}) == "20260102030405 at 20260102030405");
}

TEST_CASE("Alembic is at all of its heads, which have no order") {
    CHECK(told("alembic", {{"ae1027a6acf"}}) == "none at ae1027a6acf");
    CHECK(told("alembic", {{"b2"}, {"a1"}}) == "none at a1, b2");
    CHECK(told("alembic", {{"12"}}) == "none at 12");
}

TEST_CASE("EF Core is at its latest migration, whose version is the time in its name") {
    CHECK(told("efcore", {{"20260102030405_Init"}, {"20260203040506_AddPayslip"}}) ==
          "20260203040506 at 20260203040506_AddPayslip");
    CHECK(told("efcore", {{"Init"}}) == "none at Init");
}

TEST_CASE("Sqitch is at its latest tag, or else at its last change") {
    CHECK(told("sqitch", {{"change", "users", "1"}, {"deploy", "users", "1"}}) == "none at users");
    CHECK(told("sqitch", {{"change", "users", "1"},
                          {"tag", "@v5.1", "a"},
                          {"change", "pay", "2"},
                          {"tag", "@v5.2", "b"},
                          {"change", "more", "3"}}) == "5.2 at @v5.2");
}

TEST_CASE("a project whose last event in Sqitch is a failure has failed") {
    CHECK(told("sqitch", {{"change", "users", "1"}, {"fail", "pay", "2"}}) == "none at users, failed pay ");
}

TEST_CASE("a history that moved on, or back, has another rank") {
    const auto rank = [](std::string_view tool, const HistoryRows& rows) { return history_of(tool, rows).rank; };
    CHECK(rank("alembic", {{"a"}}) == rank("alembic", {{"a"}}));
    CHECK(rank("alembic", {{"a"}}) != rank("alembic", {{"b"}}));
    CHECK(rank("alembic", {{"ab"}, {"c"}}) != rank("alembic", {{"a"}, {"bc"}}));
    CHECK(rank("dbmate", {{"1"}, {"3"}}) != rank("dbmate", {{"1"}, {"2"}, {"3"}}));
    CHECK(rank("liquibase", {changeset("1")}) != rank("liquibase", {changeset("1", "v1")}));
    CHECK(rank("golang-migrate", {{"1", "0"}}) != 0);
}
