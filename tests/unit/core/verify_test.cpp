#include "core/verify.hpp"

#include <doctest/doctest.h>

#include "core/recognise.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace verify_test {

using namespace roost;
using roost::test::lines;

namespace {

std::string text_of(const std::vector<Difference>& differences) {
    std::string out;
    for (const Difference& difference : differences) out += to_string(difference) + "\n";
    return out;
}

// A script's statement at x.sql:LINE, recognised as PostgreSQL would read it.
ScriptStatement statement(std::uint32_t line, std::string_view sql, const std::string& file = "x.sql") {
    return {{file, line, 0},
            std::string(sql),
            recognise(sql, {.dollar_quotes = true}, Folding::lower).value_or(std::vector<Change>{})};
}

}  // namespace

TEST_CASE("two graphs differ in what leads from one to the other") {
    const RoleGraph before = test::graph(R"(
        user alice, bob, old
        role hr, staff
        hr: alice, bob(by alice), old
        staff: bob
    )");
    const RoleGraph now = test::graph(R"(
        user alice, bob(superuser), zoe
        role hr, staff
        comment hr = new
        hr: alice(admin), bob(by bob), zoe
        staff: bob
    )");
    CHECK(text_of(differences(before, now)) == lines(R"(
        bob was altered
        hr was altered
        old was dropped
        zoe was created
        the options of hr for alice were altered
        hr was revoked from bob (grantor alice)
        bob was granted hr (grantor bob)
        hr was revoked from old
        zoe was granted hr
    )"));
    CHECK(differences(now, now).empty());
    CHECK(text_of(differences({}, test::graph("role r, s\nr: s"))) ==
          "r was created\ns was created\ns was granted r\n");
}

TEST_CASE("a change beside managed and touched roles has strayed") {
    const RoleGraph before = test::graph("user alice, bob\nrole hr, sales, ops\nhr: bob");
    const RoleGraph now = test::graph(
        "user alice, bob(superuser)\nrole hr, sales, ops\ncomment hr = m\nhr: alice\nsales: alice\nops: alice");
    const Declared declared = test::declared("hr: alice");
    CHECK(text_of(strayed(before, now, before, declared, {"ops"})) == "bob was altered\nalice was granted sales\n");
    CHECK(text_of(strayed(before, now, before, declared, {"ops", "bob", "sales"})) == "");
}

TEST_CASE("what others changed meanwhile has not strayed") {
    const RoleGraph before = test::graph("user alice, bob\nrole sales");
    const RoleGraph now = test::graph("user alice, bob\nrole sales, extra\nsales: alice, bob");
    const RoleGraph outside = test::graph("user alice, bob\nrole sales, extra\nsales: alice");
    CHECK(text_of(strayed(before, now, outside, {}, {})) == "bob was granted sales\n");
}

TEST_CASE("a script's grant or revocation against the declaration is told before anything runs") {
    const Declared declared = test::declared("hr: alice, bob\nempty");
    CHECK(test::text(contradictions(declared, {
                                                  statement(1, "GRANT hr TO alice, carol"),
                                                  statement(2, "REVOKE hr FROM bob"),
                                                  statement(3, "GRANT hr TO carol"),
                                                  statement(4, "GRANT empty TO carol"),
                                                  statement(5, "REVOKE hr FROM dave"),
                                                  statement(6, "GRANT other TO carol"),
                                              })) == lines(R"(
        x.sql:2: revokes hr from bob, a member declared at env.toml:1; say it in one place: the script or the declaration
        x.sql:1: grants hr to carol, which env.toml:1 does not declare, also at x.sql:3; say it in one place: the script or the declaration
    )"));
    CHECK(contradictions(declared, {statement(1, "GRANT hr TO carol")})[0].kind == ErrorKind::usage);
}

TEST_CASE("a script's last word about a membership counts") {
    const Declared declared = test::declared("hr: alice");
    CHECK(contradictions(declared, {statement(1, "REVOKE hr FROM alice"), statement(2, "GRANT hr TO alice")}).empty());
    CHECK(contradictions(declared, {statement(1, "GRANT hr TO bob"), statement(2, "REVOKE hr FROM bob")}).empty());
    CHECK(contradictions(declared, {statement(1, "GRANT hr TO alice"), statement(2, "REVOKE hr FROM alice")}).size() ==
          1);
}

TEST_CASE("what scripts did against the declaration is told with the statements that did it") {
    const Declared declared = test::declared("hr: alice, bob");
    const RoleGraph before = test::graph("user alice, bob, carol, x\nrole hr\nhr: bob(by x), bob(by alice)");
    const RoleGraph now = test::graph("user alice, bob, carol, x\nrole hr\nhr: alice, carol(by x), carol(by alice)");
    const std::vector<ScriptStatement> statements = {
        statement(1, "REVOKE hr FROM bob GRANTED BY x"), statement(2, "GRANT hr TO alice"),
        statement(3, "REVOKE hr FROM bob GRANTED BY alice"), statement(4, "GRANT hr TO carol")};
    CHECK(test::text(contradictions(before, now, declared, statements)) == lines(R"(
        x.sql:1: revokes hr from bob, a member declared at env.toml:1, also at x.sql:3; say it in one place: the script or the declaration
        x.sql:4: grants hr to carol, which env.toml:1 does not declare; say it in one place: the script or the declaration
    )"));
}

TEST_CASE("a change of grantors, or of roles whose members are not declared, contradicts nothing") {
    const Declared declared = test::declared("hr: bob\nops");
    const RoleGraph before =
        test::graph("user bob, carol, x\nrole hr, ops, sales\nhr: bob(by x), bob(by carol), carol(by x)");
    const RoleGraph now = test::graph(
        "user bob, carol, x\nrole hr, ops, sales\nhr: bob(by carol), carol(by carol)\nops: bob\nsales: bob");
    CHECK(test::text(contradictions(before, now, declared, {})) == "");
}

TEST_CASE("a role dropped by a script is told as the revocation of its declared members") {
    const RoleGraph before = test::graph("user alice\nrole hr\nhr: alice");
    CHECK(test::text(contradictions(before, test::graph("user alice"), test::declared("hr: alice"),
                                    {statement(7, "DROP ROLE hr")})) ==
          "x.sql:7: revokes hr from alice, a member declared at env.toml:1; say it in one place: the script or the "
          "declaration\n");
}

TEST_CASE(
    "where no statement explains a change those are named that mention both, or else the files that may have done it") {
    const Declared declared = test::declared("hr:");
    const RoleGraph before = test::graph("user al, bo\nrole hr");
    const RoleGraph now = test::graph("user al, bo\nrole hr\nhr: al");
    const ScriptStatement understood = statement(1, "GRANT other TO al");
    const ScriptStatement naming = statement(2, "DO $$ BEGIN EXECUTE 'GRANT Hr TO AL'; END $$");
    const ScriptStatement near =
        statement(3, "DO $$ BEGIN EXECUTE 'GRANT hr_x TO al'; PERFORM 'hr1', 'also'; END $$", "y.sql");
    const ScriptStatement far = statement(9, "DO $$ BEGIN PERFORM f(); END $$", "z.sql");
    CHECK(test::text(contradictions(before, now, declared, {understood, naming, near, far})) ==
          "x.sql:2: a script granted hr to al, which env.toml:1 does not declare; say it in one place: the script or "
          "the declaration\n");
    CHECK(test::text(contradictions(before, now, declared, {understood, near, far, far})) ==
          "y.sql: a script granted hr to al, which env.toml:1 does not declare, also at z.sql; say it in one place: "
          "the script or the "
          "declaration\n");
}

TEST_CASE("what of the declaration does not hold is told with its place") {
    const RoleGraph actual = test::graph(
        "user alice, bob, carol, x\nrole hr, audit\naudit: alice(admin)\nhr: carol(by x)\ncomment hr = "
        "roost: payroll/staging/db");
    CHECK(test::text(unmet(actual, test::declared("hr: bob\naudit: alice\nnew"), option::admin)) == lines(R"(
        env.toml:3: role new does not exist
        env.toml:2: role audit does not carry this project's mark
        env.toml:1: bob is declared a member of hr but is none
        env.toml:2: the membership of alice in audit lacks what is declared: admin off
        env.toml:1: carol is a member of hr (grantor x) but is not declared
    )"));
    CHECK(unmet(test::graph("user a\nrole r\ncomment r = roost: payroll/staging/db\nr: a"), test::declared("r: a"),
                option::admin)
              .empty());
}

}  // namespace verify_test
