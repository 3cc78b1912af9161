#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "unit/drivers/options.hpp"

namespace roost {
namespace {

using test::as_admin;
using test::not_admin;

constexpr Options no_inherit{option::admin | option::inherit, 0};

const ServerFacts postgresql_15{.membership_options = option::admin};
const ServerFacts postgresql_16{.membership_options = option::admin | option::inherit | option::set};
const ServerFacts sqlite_3{.membership_options = option::admin | option::inherit};

// "changes that it covers: SQL", a line each.
std::string written(std::string_view engine, const std::vector<Change>& changes, const ServerFacts& facts) {
    std::string text;
    for (const Statement& statement : driver_named(engine)->write(changes, facts))
        text += fmt::format("{}: {}\n", fmt::join(statement.covers, ","), statement.sql);
    return text;
}

const std::vector<Change> some_of_all = {
    CreateRole{"new", "it's\nroost: p/e/d"},
    CreateRole{"bare", ""},
    MarkRole{"old", "c"},
    Grant{"r", "ann", not_admin},
    Grant{"r", "b\"ob", not_admin},
    Grant{"r", "carol", as_admin},
    Grant{"s", "ann", no_inherit},
    AlterMembership{"r", "dan", "gil", as_admin},
    AlterMembership{"r", "eve", "gil", not_admin},
    Revoke{"r", "fay", "gil"},
    Revoke{"r", "hal", "gil"},
    Revoke{"r", "ivy", "postgres"},
};

TEST_CASE("PostgreSQL 15 takes members of one role together, and has no grantors to name") {
    CHECK(written("postgresql", some_of_all, postgresql_15) == R"(0: CREATE ROLE "new" NOLOGIN
0: COMMENT ON ROLE "new" IS 'it''s
roost: p/e/d'
1: CREATE ROLE "bare" NOLOGIN
2: COMMENT ON ROLE "old" IS 'c'
3,4: GRANT "r" TO "ann", "b""ob"
5: GRANT "r" TO "carol" WITH ADMIN OPTION
6: GRANT "s" TO "ann"
7: GRANT "r" TO "dan" WITH ADMIN OPTION
8: REVOKE ADMIN OPTION FOR "r" FROM "eve"
9,10: REVOKE "r" FROM "fay", "hal"
11: REVOKE "r" FROM "ivy"
)");
}

TEST_CASE("PostgreSQL 16 is told the options and whose grant is meant") {
    CHECK(written("postgresql", {some_of_all.begin() + 3, some_of_all.end()}, postgresql_16) ==
          R"(0,1: GRANT "r" TO "ann", "b""ob" WITH ADMIN FALSE, SET TRUE
2: GRANT "r" TO "carol" WITH ADMIN TRUE, SET TRUE
3: GRANT "s" TO "ann" WITH ADMIN FALSE, INHERIT FALSE, SET TRUE
4: GRANT "r" TO "dan" WITH ADMIN TRUE GRANTED BY "gil"
5: REVOKE ADMIN OPTION FOR "r" FROM "eve" GRANTED BY "gil"
6,7: REVOKE "r" FROM "fay", "hal" GRANTED BY "gil"
8: REVOKE "r" FROM "ivy" GRANTED BY "postgres"
)");
}

TEST_CASE("an altered membership that loses ADMIN and gains another option takes two statements and no revocation") {
    const std::vector<Change> change = {
        AlterMembership{"r", "ann", "gil", {option::admin | option::inherit | option::set, option::inherit}}};
    CHECK(written("postgresql", change, postgresql_16) == R"(0: REVOKE ADMIN OPTION FOR "r" FROM "ann" GRANTED BY "gil"
0: GRANT "r" TO "ann" WITH INHERIT TRUE, SET FALSE GRANTED BY "gil"
)");
}

TEST_CASE("a statement takes at most five hundred members") {
    std::vector<Change> changes;
    for (int i = 0; i < 1201; ++i) changes.push_back(Grant{"r", fmt::format("u{:04}", i), not_admin});
    const auto statements = driver_named("postgresql")->write(changes, postgresql_15);
    REQUIRE(statements.size() == 3);
    CHECK(statements[0].covers.size() == 500);
    CHECK(statements[2].covers.front() == 1000);
    CHECK(statements[2].covers.back() == 1200);
}

TEST_CASE("changes of different kinds keep their order") {
    const std::vector<Change> changes = {Grant{"r", "a", not_admin}, Revoke{"r", "b", "g"}, Grant{"r", "c", not_admin}};
    CHECK(written("postgresql", changes, postgresql_15) ==
          "0: GRANT \"r\" TO \"a\"\n1: REVOKE \"r\" FROM \"b\"\n2: GRANT \"r\" TO \"c\"\n");
}

TEST_CASE("SQLite writes rows, each statement safe to run again") {
    const std::vector<Change> changes = {
        CreateRole{"new", "it's"},
        MarkRole{"old", "c"},
        Grant{"r", "ann", {}},
        Grant{"r", "bob", no_inherit},
        AlterMembership{"r", "dan", "", as_admin},
        Revoke{"r", "fay", ""},
    };
    CHECK(written("sqlite", changes, sqlite_3) ==
          R"(0: INSERT OR IGNORE INTO roost_role (name) VALUES ('new')
0: UPDATE roost_role SET comment = 'it''s' WHERE name = 'new'
1: UPDATE roost_role SET comment = 'c' WHERE name = 'old'
2: INSERT INTO roost_role_member (role, member) VALUES ('r', 'ann') ON CONFLICT (role, member) DO NOTHING
3: INSERT INTO roost_role_member (role, member, admin, inherit) VALUES ('r', 'bob', 0, 0) ON CONFLICT (role, member) DO UPDATE SET admin = 0, inherit = 0
4: UPDATE roost_role_member SET admin = 1 WHERE role = 'r' AND member = 'dan'
5: DELETE FROM roost_role_member WHERE role = 'r' AND member = 'fay'
)");
}

}  // namespace
}  // namespace roost
