#include "core/guards.hpp"

#include <doctest/doctest.h>

#include <optional>

#include "core/cycles.hpp"
#include "core/own_access.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace guards_test {

using namespace roost;
using roost::test::lines;

namespace {

struct Guarded {
    std::string_view actual;
    std::string_view declared;
    std::vector<std::string> own_roles = {};
    GuardPolicy policy = {};
    std::optional<std::string_view> before = std::nullopt;  // as `actual`

    Objections objections() const {
        const RoleGraph graph = test::graph(actual);
        const Declared wanted = test::declared(declared);
        return guard(before ? test::graph(*before) : graph, graph, wanted, diff(graph, wanted, option::admin),
                     own_roles, policy);
    }
    std::string refused() const { return test::text(objections().refused); }
};

}  // namespace

TEST_CASE("nothing is refused where nothing is wrong") {
    const Guarded run{R"(
        user alice, bob
        role hr
        comment hr = roost: payroll/staging/db
        hr: bob
    )",
                      "hr: alice\nnew: hr"};
    CHECK(run.refused() == "");
    CHECK(run.objections().warnings.empty());
}

TEST_CASE("a role with another environment's mark is refused, and its owner told") {
    const Guarded run{"role hr\ncomment hr = text\\nroost: payroll/prod/db", "hr"};
    CHECK(run.refused() ==
          "env.toml:1: role hr belongs to environment prod of project payroll, database db; take the role out of this "
          "project's files; "
          "if that environment is gone, take its mark \"roost: payroll/prod/db\" away (docs/ledger.md, \"Whose a role "
          "is\")\n");
    REQUIRE(run.objections().refused.size() == 1);
    CHECK(run.objections().refused[0].kind == ErrorKind::refused);
}

TEST_CASE("built-in roles and superusers are never managed") {
    CHECK(Guarded{"role pg_monitor(system), boss(superuser)", "pg_monitor\nboss"}.refused() == lines(R"(
        env.toml:2: role boss is a superuser, such roles are never managed; declare a role of your own instead
        env.toml:1: role pg_monitor is built in, such roles are never managed; declare a role of your own instead
    )"));
}

TEST_CASE("a run that applies nothing asks only what it must not touch") {
    const RoleGraph actual = test::graph("role hr, sys(system)\ncomment hr = roost: payroll/prod/db");
    CHECK(foreign_or_untouchable(actual, test::declared("hr: ghost\nsys\nnew")).size() == 2);
    CHECK(foreign_or_untouchable(actual, test::declared("new")).empty());
}

TEST_CASE("a declared member that does not exist is refused, or only told where the policy says so") {
    Guarded run{"user alice\nrole hr", "hr: alice, zoe\nnew: hr\nnewer: new"};
    CHECK(run.refused() ==
          "env.toml:1: zoe is declared a member of hr but does not exist; create it, correct the name, or set "
          "missing_principals = \"warn\"\n");
    run.policy.missing_is_error = false;
    CHECK(run.refused() == "");
    CHECK(test::text(run.objections().warnings) ==
          "env.toml:1: zoe is declared a member of hr but does not exist; it is left out until it exists\n");
}

TEST_CASE("a member whom a script of the plan makes is not missing") {
    const RoleGraph actual = test::graph("role hr\ncomment hr = roost: payroll/staging/db");
    const Declared declared = test::declared("hr: zoe");
    auto plan = diff(actual, declared, option::admin);
    CHECK(guard(actual, actual, declared, plan, {}, {}).refused.size() == 1);
    plan.push_back({.evidence = Evidence::predicted, .change = CreateUser{"zoe"}, .text = {}, .place = {}});
    CHECK(guard(actual, actual, declared, plan, {}, {}).refused.empty());
}

TEST_CASE("only members that do not exist are left out of a declaration") {
    const RoleGraph actual = test::graph("user alice, bob\nrole hr\ncomment hr = roost: payroll/staging/db\nhr: bob");
    const Declared declared = test::declared("hr: alice, zoe\nnew: hr\nnewer: new");
    CHECK(test::text(diff(actual, without_missing(declared, actual), option::admin)) == lines(R"(
        create new = roost: payroll/staging/db
        create newer = roost: payroll/staging/db
        grant hr to alice (admin off)
        grant new to hr (admin off)
        grant newer to new (admin off)
        revoke hr from bob
    )"));
}

TEST_CASE("a role that others filled is taken over only on demand") {
    Guarded run{"user alice, bob, carol, x, y\nrole hr\nhr: alice, bob(by x), bob(by y), carol", "hr: alice"};
    CHECK(run.refused() ==
          "env.toml:1: role hr was filled by others, and would be revoked from bob, carol; declare them as members, or "
          "pass --adopt to "
          "take the role over\n");
    run.policy.adopt = true;
    CHECK(run.refused() == "");
}

TEST_CASE("a role that others filled with the declared members needs no adoption") {
    CHECK(Guarded{"user alice, bob\nrole hr\nhr: alice(admin)", "hr: alice(admin), bob"}.refused() == "");
}

TEST_CASE("whoever takes a role over asks for the options that members would lose as well") {
    Guarded run{"user alice, bob\nrole hr\nhr: alice(admin), bob", "hr: alice, bob(admin)"};
    CHECK(run.refused() ==
          "env.toml:1: role hr was filled by others, and options of it would be taken from alice; declare these "
          "options, or pass --adopt to take the role over\n");
    run.declared = "hr: alice";
    CHECK(run.refused() ==
          "env.toml:1: role hr was filled by others, and would be revoked from bob, and options of it would be taken "
          "from alice; declare them as members, or pass --adopt to take the role over\n");
    run.policy.adopt = true;
    CHECK(run.refused() == "");
}

// The run marks declared roles before it asks about their members: every role seemed to be ours already.
TEST_CASE("a mark that the run itself set adopts nothing") {
    Guarded run{"user bob\nrole hr\ncomment hr = roost: payroll/staging/db\nhr: bob", "hr:"};
    run.before = "user bob\nrole hr\nhr: bob";
    CHECK(run.refused().find("role hr was filled by others, and would be revoked from bob;") != std::string::npos);
}

TEST_CASE("a role that was ours, or was not there, before the run needs no adoption") {
    Guarded run{"user bob\nrole hr\nhr: bob", "hr:"};
    run.before = "user bob\nrole hr\ncomment hr = roost: payroll/staging/db\nhr: bob";
    CHECK(run.refused() == "");
    run.before = "user bob";
    CHECK(run.refused() == "");
}

TEST_CASE("what a script revokes takes no role over") {
    const RoleGraph actual = test::graph("user alice\nrole hr\nhr: alice");
    const PlanLine line{.evidence = Evidence::predicted, .change = Revoke{"hr", "alice", ""}, .text = {}, .place = {}};
    CHECK(guard(actual, actual, test::declared("hr"), {line}, {}, {}).refused.empty());
}

TEST_CASE("of many members who would be revoked ten are named") {
    const Guarded run{"user a, b, c, d, e, f, g, h, i, j, k, l\nrole r\nr: a, b, c, d, e, f, g, h, i, j, k, l", "r:"};
    CHECK(run.refused().find("revoked from a, b, c, d, e, f, g, h, i, j and 2 more;") != std::string::npos);
}

TEST_CASE("more revocations than allowed are refused, a membership from two grantors counting once") {
    Guarded run{"user a, b, x, y\nrole r\ncomment r = roost: payroll/staging/db\nr: a(by x), a(by y), b", "r:"};
    run.policy.max_revocations = 2;
    CHECK(run.refused() == "");
    run.policy.max_revocations = 1;
    CHECK(run.refused() ==
          "2 memberships would be revoked, the limit is 1; if that is meant, set policy.max_revocations = 2 for this "
          "environment\n");
}

TEST_CASE("a membership that would lose an option counts as a revocation") {
    Guarded run{"user a, b, c\nrole r\ncomment r = roost: payroll/staging/db\nr: a(admin), b, c", "r: a, c(admin)"};
    run.policy.max_revocations = 1;
    CHECK(run.refused() ==
          "2 memberships would be revoked or lose options, the limit is 1; if that is meant, set "
          "policy.max_revocations = 2 for this environment\n");
    run.policy.max_revocations = 2;
    CHECK(run.refused() == "");
}

TEST_CASE("a plan that takes an option from the account itself is refused") {
    Guarded run{"user tool, x, y\nrole r\ncomment r = roost: payroll/staging/db\nr: tool(admin, by x)", "\nr: tool"};
    run.own_roles = {"tool"};
    CHECK(run.refused() ==
          "env.toml:1: roost's own account would lose options of its membership in r: admin off; declare them for tool "
          "in r, or run roost with another account\n");
    run.declared = "r: tool(admin)";
    CHECK(run.refused() == "");
}

TEST_CASE("an option is lost only where no grantor gives it any more") {
    const RoleGraph before = test::graph("user u, x, y\nrole r\nr: u(admin, by x), u(admin, by y)");
    CHECK(own_losses(before, test::graph("user u, x\nrole r\nr: u(admin, noset, by x)"), {"u"}).size() == 1);
    CHECK(own_losses(before, test::graph("user u, x\nrole r\nr: u(admin, by x)"), {"u", "u"}).empty());
    CHECK(own_losses(before, test::graph("user u\nrole r\nr: u"), {"x"}).empty());
    const auto lost = own_losses(before, test::graph("user u\nrole r\n"), {"u"});
    REQUIRE(lost.size() == 1);
    CHECK(lost[0].kind == ErrorKind::refused);
    CHECK(lost[0].message == "roost's own account would lose role r, which it has by u in r");
}

TEST_CASE("a plan that takes a role from the account itself is refused with the way it was had") {
    const Guarded run{R"(
        user tool, bob
        role deploy, hr, audit
        comment hr = roost: payroll/staging/db
        deploy: tool
        hr: deploy, bob
        audit: hr
    )",
                      "hr: bob",
                      {"tool", "deploy"}};
    CHECK(run.refused() == lines(R"(
        env.toml:1: roost's own account would lose role hr, which it has by tool in deploy, deploy in hr; declare deploy as a member of hr, or run roost with another account
        env.toml:1: roost's own account would lose role audit, which it has by tool in deploy, deploy in hr, hr in audit; declare deploy as a member of hr, or run roost with another account
    )"));
}

TEST_CASE("a revocation is no loss where the account keeps the role another way") {
    CHECK(Guarded{R"(
        user tool, x, y
        role deploy, hr
        comment hr = roost: payroll/staging/db
        deploy: tool
        hr: deploy(by x), deploy(by y), tool
    )",
                  "hr: deploy",
                  {"tool", "nobody"}}
              .refused() == "");
}

TEST_CASE("declared memberships that make a cycle are refused with the names along it") {
    const Guarded run{R"(
        role a, b, c, d
        comment a = roost: payroll/staging/db
        comment b = roost: payroll/staging/db
        b: c
        d: a
    )",
                      "c: a\n a: b"};
    CHECK(run.refused() ==
          "env.toml:1: the declared memberships make a cycle: a in c, c in b, b in a; take one of these memberships "
          "out\n");
    CHECK(Guarded{"", "hr: hr"}.refused() ==
          "env.toml:1: the declared memberships make a cycle: hr in hr; take one of these memberships out\n");
}

TEST_CASE("a cycle that is there already and not of the plan's making is not refused") {
    CHECK(Guarded{"user u\nrole a, b\na: b\nb: a", "new: u"}.refused() == "");
}

TEST_CASE("a cycle that the plan's own revocation opens is none") {
    CHECK(Guarded{"role a, b\ncomment a = roost: payroll/staging/db\ncomment b = roost: payroll/staging/db\na: b",
                  "a:\nb: a"}
              .refused() == "");
}

TEST_CASE("every objection is told at once, in a fixed order") {
    Guarded run{R"(
        user tool, x
        role mine, other, sys(system), old
        comment other = roost: p/prod/db
        comment mine = roost: payroll/staging/db
        old: x
        mine: tool
    )",
                "mine:\nother\nsys\nold: ghost, old",
                {"tool"}};
    run.policy.max_revocations = 0;
    std::string messages;
    for (const Error& error : run.objections().refused) messages += error.message + "\n";
    CHECK(messages == lines(R"(
        role other belongs to environment prod of project p, database db
        role sys is built in, such roles are never managed
        ghost is declared a member of old but does not exist
        role old was filled by others, and would be revoked from x
        2 memberships would be revoked, the limit is 0
        roost's own account would lose role mine, which it has by tool in mine
        the declared memberships make a cycle: old in old
    )"));
}

TEST_CASE("cycles are found wherever they are, each from its smallest name") {
    const RoleGraph graph =
        test::graph("user x, y\nrole a, b, c, d, e\nb: a(by x), a(by y)\na: b(by x), b(by y)\nd: c\ne: d\nc: e\na: c");
    const std::vector<Cycle> expected = {{0, 1}, {2, 3, 4}};
    CHECK(cycles(graph) == expected);
    CHECK(cycles(test::graph("role a, b, c\na: b\nb: c\na: c")).empty());
}

}  // namespace guards_test
