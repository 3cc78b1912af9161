#include <doctest/doctest.h>

#include "db/driver.hpp"

namespace {

std::vector<roost::Statement> statements(std::initializer_list<const char*> texts) {
    std::vector<roost::Statement> result;
    for (const char* text : texts) result.push_back({.sql = text, .place = {}});
    return result;
}

roost::EngineInfo packing(std::size_t count, std::size_t bytes) {
    roost::EngineInfo info;
    info.pack_statements = count;
    info.pack_bytes = bytes;
    return info;
}

}  // namespace

TEST_CASE("no statements make no packs") { CHECK(roost::packs({}, packing(10, 100)).empty()); }

TEST_CASE("an engine that takes one statement at a time gets one each") {
    const auto list = statements({"A", "B"});
    const auto packs = roost::packs(list, packing(1, 1000));
    REQUIRE(packs.size() == 2);
    CHECK(packs[0].sql == "A");
    CHECK(packs[1].sql == "B");
    CHECK(packs[1].statements.data() == &list[1]);
}

TEST_CASE("a pack holds at most pack_statements") {
    const auto list = statements({"A", "B", "C", "D", "E"});
    const auto packs = roost::packs(list, packing(2, 1000));
    REQUIRE(packs.size() == 3);
    CHECK(packs[0].sql == "A;\nB");
    CHECK(packs[1].sql == "C;\nD");
    CHECK(packs[2].sql == "E");
    CHECK(packs[1].statements.size() == 2);
}

TEST_CASE("a pack holds at most pack_bytes, separators included") {
    const auto list = statements({"AAAA", "BBBB", "C"});
    CHECK(roost::packs(list, packing(10, 10)).front().sql == "AAAA;\nBBBB");
    CHECK(roost::packs(list, packing(10, 9)).front().sql == "AAAA");
}

TEST_CASE("a statement longer than pack_bytes goes alone") {
    const auto list = statements({"A", "a statement that is too long", "B", "C"});
    const auto packs = roost::packs(list, packing(10, 8));
    REQUIRE(packs.size() == 3);
    CHECK(packs[1].sql == "a statement that is too long");
    CHECK(packs[2].sql == "B;\nC");
}

TEST_CASE("a comment at the end of a statement does not swallow the separator") {
    const auto list = statements({"A -- why", "B\n# why", "C"});
    CHECK(roost::packs(list, packing(10, 100)).front().sql == "A -- why\n;\nB\n# why\n;\nC");
}
