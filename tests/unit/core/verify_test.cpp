#include "core/verify.hpp"

#include <doctest/doctest.h>

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

// A managed role was passed over whatever a script did to it.
TEST_CASE("a managed role that is dropped, or made a user or superuser, has strayed") {
    const RoleGraph before = test::graph("role hr, sales, audit, ops(superuser)");
    const RoleGraph now = test::graph("user sales\nrole hr(superuser), ops\ncomment hr = roost: payroll/staging/db");
    const Declared declared = test::declared("hr\nsales\naudit\nops");
    CHECK(text_of(strayed(before, now, before, declared, {})) ==
          "audit was dropped\nhr was altered\nops was altered\nsales was altered\n");
    CHECK(text_of(strayed(before, now, before, declared, {"hr", "ops", "sales", "audit"})) == "");
    CHECK(text_of(strayed(before, now, now, declared, {})) == "");
}

TEST_CASE("what others wrote into a comment meanwhile hides nothing that the run altered") {
    const RoleGraph before = test::graph("role hr");
    const RoleGraph now = test::graph("role hr(superuser)\ncomment hr = text");
    CHECK(text_of(strayed(before, now, test::graph("role hr\ncomment hr = text"), test::declared("hr"), {})) ==
          "hr was altered\n");
}

TEST_CASE("revocations are the managed memberships that are gone or have lost an option") {
    const RoleGraph before =
        test::graph("user a, b, c, x, y\nrole r, s, t\nr: a(by x), a(by y), b, c(admin, by x)\ns: a\nt: a, b");
    const RoleGraph now = test::graph("user a, b, c, x, y\nrole r, s\nr: a(by x), c(by x), x");
    CHECK(revocations(before, now, test::declared("r:\ns")) == 2);  // b, and c's admin
    CHECK(revocations(before, now, test::declared("r:\nt:")) == 4);
    CHECK(revocations(before, before, test::declared("r:\nt:")) == 0);
}

TEST_CASE("what others changed meanwhile has not strayed") {
    const RoleGraph before = test::graph("user alice, bob\nrole sales");
    const RoleGraph now = test::graph("user alice, bob\nrole sales, extra\nsales: alice, bob");
    const RoleGraph outside = test::graph("user alice, bob\nrole sales, extra\nsales: alice");
    CHECK(text_of(strayed(before, now, outside, {}, {})) == "bob was granted sales\n");
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
