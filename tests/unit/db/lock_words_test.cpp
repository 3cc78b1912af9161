#include "db/lock_words.hpp"

#include <doctest/doctest.h>

namespace roost {
namespace {

TEST_CASE("a holder is cut in its middle, so that its time is kept, and never within a character") {
    const std::string time = " 2026-11-22T01:33:08.123Z";
    CHECK(cut_holder("alice@ci" + time, 63) == "alice@ci" + time);
    CHECK(cut_holder(std::string(80, 'x') + time, 63) == std::string(35, 'x') + "..." + time);
    CHECK(cut_holder(std::string(34, 'x') + "é" + std::string(80, 'x') + time, 63) ==
          std::string(34, 'x') + "..." + time);
}

TEST_CASE("where a holder must be ASCII, whatever else it holds is a question mark") {
    CHECK(ascii_holder("alice@ci", 63) == "alice@ci");
    CHECK(ascii_holder("Jörg\n", 63) == "J?rg?");
    CHECK(ascii_holder(std::string(80, 'x'), 63).size() == 63);
}

TEST_CASE("a lost lock tells its cause, and a taken one what is known of its holder") {
    CHECK(lost_lock("server").message == "roost's lock on this server was lost");
    const Error lost = lost_lock("server", {.message = "gone", .sqlstate = "08S01", .native = 2013});
    CHECK(lost.message == "roost's lock on this server was lost: gone");
    CHECK(lost.sqlstate == "08S01");
    CHECK(lost.native == 2013);
    CHECK(taken_lock("database", {"alice", ""}).message == "roost's lock on this database is held by alice");
    CHECK(taken_lock("database", {"alice", "noon"}).message ==
          "roost's lock on this database is held by alice, since noon");
}

}  // namespace
}  // namespace roost
