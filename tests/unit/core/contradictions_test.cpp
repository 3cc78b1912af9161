#include "core/contradictions.hpp"

#include <doctest/doctest.h>

#include "core/recognise.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"
#include "unit/core/split_rules.hpp"

namespace contradictions_test {

using namespace roost;
using roost::test::lines;

namespace {

// A script's statement at x.sql:LINE, and what it does whatever is there.
ScriptStatement statement(std::uint32_t line, std::string_view sql, const std::string& file = "x.sql") {
    ScriptStatement read{{file, line, 0}, std::string(sql), {}};
    for (const Deed& step : recognise(sql, test::postgresql, Folding::lower).value_or(Deeds{}))
        if (const auto* one = std::get_if<Do>(&step.what)) read.changes.push_back(one->change);
    return read;
}

}  // namespace

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
    CHECK(test::text(contradictions(before, now, before, declared, statements)) == lines(R"(
        x.sql:1: revokes hr from bob, a member declared at env.toml:1, also at x.sql:3; say it in one place: the script or the declaration
        x.sql:4: grants hr to carol, which env.toml:1 does not declare; say it in one place: the script or the declaration
    )"));
}

// What somebody else committed between the two readings was laid at the script's door.
TEST_CASE("what others changed meanwhile is no script's contradiction") {
    const RoleGraph before = test::graph("user alice, bob, carol\nrole hr\nhr: alice, bob");
    const RoleGraph now = test::graph("user alice, bob, carol\nrole hr\nhr: carol");
    const RoleGraph outside = test::graph("user alice, bob, carol\nrole hr\nhr: bob, carol");
    CHECK(test::text(contradictions(before, now, outside, test::declared("hr: alice, bob"), {})) ==
          "a script revoked hr from bob, a member declared at env.toml:1; say it in one place: the script or the "
          "declaration\n");
}

TEST_CASE("a script's comment that takes the mark from a managed role is told before anything runs") {
    const Declared declared = test::declared("hr: alice\nops");
    CHECK(test::text(contradictions(declared, {
                                                  statement(1, "COMMENT ON ROLE hr IS 'staff'"),
                                                  statement(2, "COMMENT ON ROLE other IS 'others'"),
                                                  statement(3, "COMMENT ON ROLE ops IS NULL"),
                                              })) == lines(R"(
        x.sql:1: takes roost's mark out of the comment of role hr, declared at env.toml:1; write the description elsewhere, or keep the line "roost: payroll/staging/db"
        x.sql:3: takes roost's mark out of the comment of role ops, declared at env.toml:2; write the description elsewhere, or keep the line "roost: payroll/staging/db"
    )"));
    CHECK(
        contradictions(declared, {statement(1, "COMMENT ON ROLE hr IS E'staff\\nroost: payroll/staging/db'")}).empty());
    CHECK(contradictions(declared, {statement(1, "COMMENT ON ROLE hr IS E'roost: payroll/prod/db'")}).size() == 1);
}

TEST_CASE("a change of grantors, or of roles whose members are not declared, contradicts nothing") {
    const Declared declared = test::declared("hr: bob\nops");
    const RoleGraph before =
        test::graph("user bob, carol, x\nrole hr, ops, sales\nhr: bob(by x), bob(by carol), carol(by x)");
    const RoleGraph now = test::graph(
        "user bob, carol, x\nrole hr, ops, sales\nhr: bob(by carol), carol(by carol)\nops: bob\nsales: bob");
    CHECK(test::text(contradictions(before, now, before, declared, {})) == "");
}

TEST_CASE("a role dropped by a script is told as the revocation of its declared members") {
    const RoleGraph before = test::graph("user alice\nrole hr\nhr: alice");
    CHECK(test::text(contradictions(before, test::graph("user alice"), before, test::declared("hr: alice"),
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
    const ScriptStatement naming = statement(2, "DO $$ BEGIN EXECUTE lower('GRANT Hr TO AL'); END $$");
    const ScriptStatement near =
        statement(3, "DO $$ BEGIN EXECUTE f('GRANT hr_x TO al'); PERFORM 'hr1', 'also'; END $$", "y.sql");
    const ScriptStatement far = statement(9, "DO $$ BEGIN PERFORM f(); END $$", "z.sql");
    CHECK(test::text(contradictions(before, now, before, declared, {understood, naming, near, far})) ==
          "x.sql:2: a script granted hr to al, which env.toml:1 does not declare; say it in one place: the script or "
          "the declaration\n");
    CHECK(test::text(contradictions(before, now, before, declared, {understood, near, far, far})) ==
          "y.sql: a script granted hr to al, which env.toml:1 does not declare, also at z.sql; say it in one place: "
          "the script or the "
          "declaration\n");
}

}  // namespace contradictions_test
