#include <doctest/doctest.h>

#include <chrono>

#include "core/plan.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace plan_test {

using namespace roost;
using roost::test::lines;

namespace {

constexpr std::uint32_t postgresql_options = option::admin | option::inherit | option::set;

std::string plan_text(std::string_view actual, std::string_view declared, std::uint32_t options = postgresql_options) {
    return test::text(diff(test::graph(actual), test::declared(declared), options));
}

}  // namespace

TEST_CASE("a plan creates, marks, grants, alters and revokes, in this order and bytewise by names") {
    CHECK(plan_text(R"(
        user alice, bob, carol, dave, É
        role hr, audit
        comment audit = roost: payroll/staging/db
        hr: dave, carol(admin), bob
        audit: bob(noinherit)
    )",
                    R"(
        zeta: É, alice
        hr: É, alice, carol, Zoe
        audit: bob(inherit), carol
        beta
    )") == lines(R"(
        create beta = roost: payroll/staging/db
        create zeta = roost: payroll/staging/db
        mark hr = roost: payroll/staging/db
        grant audit to carol (admin off)
        grant hr to Zoe (admin off)
        grant hr to alice (admin off)
        grant hr to É (admin off)
        grant zeta to alice (admin off)
        grant zeta to É (admin off)
        alter audit for bob (inherit)
        alter hr for carol (admin off)
        revoke hr from bob
        revoke hr from dave
    )"));
}

TEST_CASE("a membership that is turned round is taken away before the other way is granted") {
    CHECK(plan_text(R"(
        role aa, bb
        comment aa = roost: payroll/staging/db
        comment bb = roost: payroll/staging/db
        aa: bb
    )",
                    R"(
        aa:
        bb: aa
    )") == lines(R"(
        revoke aa from bb
        grant bb to aa (admin off)
    )"));
}

TEST_CASE("what is as declared needs no plan") {
    CHECK(plan_text(R"(
        user alice, bob, root
        role hr
        comment hr = roost: payroll/staging/db
        hr: alice(admin, noinherit, by root), bob(by alice), bob(by root)
    )",
                    "hr: bob, alice(admin, inherit off)") == "");
}

TEST_CASE("a plan applied leaves nothing to plan") {
    const RoleGraph actual = test::graph(R"(
        user alice, bob, carol, root
        role hr, staff
        hr: alice(admin, by root), alice(admin, by bob), bob, carol(noinherit, by root), carol(noinherit, by bob)
        staff: hr
    )");
    const Declared declared = test::declared("hr: alice, carol(inherit)\nnew: hr, alice(set off)\nstaff:");
    const auto plan = diff(actual, declared, postgresql_options);
    CHECK(plan.size() == 10);
    const RoleGraph now = after(actual, changes_of(plan));
    CHECK(test::text(diff(now, declared, postgresql_options)) == "");
}

TEST_CASE("a role of which only the existence is declared keeps its members") {
    CHECK(plan_text("user alice\nrole hr\ncomment hr = roost: payroll/staging/db\nhr: alice(admin)", "hr") == "");
    CHECK(plan_text("user alice\nrole hr\ncomment hr = roost: payroll/staging/db\nhr: alice", "hr:") ==
          "revoke hr from alice\n");
}

TEST_CASE("roles that are not declared are left alone") {
    CHECK(plan_text("user alice\nrole hr, staff\nhr: alice\nstaff: alice", "") == "");
    CHECK(plan_text(
              "user alice\nrole ha, hb, hc\nha: alice\nhb: alice\nhc: alice\ncomment hb = roost: payroll/staging/db",
              "hb:") == "revoke hb from alice\n");
}

TEST_CASE("a comment is kept when the mark is put into it, and another's mark stays") {
    CHECK(plan_text("role hr\ncomment hr = the HR department", "hr") ==
          "mark hr = the HR department\nroost: payroll/staging/db\n");
    CHECK(plan_text("role hr\ncomment hr = roost: payroll/prod/db", "hr") == "");
}

TEST_CASE("without marks only the rest is planned") {
    MembershipRules rules = postgresql_options;
    rules.marks = false;
    CHECK(test::text(diff(test::graph("user alice\nrole hr"), test::declared("hr: alice"), rules)) ==
          "grant hr to alice (admin off)\n");
}

// A plain REVOKE took one grantor's row and left the other: the member kept the role.
TEST_CASE("a membership from two grantors is revoked from each, and granted by neither again") {
    constexpr std::string_view actual = R"(
        user alice, root, boss
        role hr
        comment hr = roost: payroll/staging/db
        hr: alice(by root), alice(by boss)
    )";
    CHECK(plan_text(actual, "hr:") == "revoke hr from alice by boss\nrevoke hr from alice by root\n");
    CHECK(plan_text(actual, "hr: alice") == "");
}

TEST_CASE("an option wanted off goes from every grantor's row, one wanted on is satisfied by any") {
    constexpr std::string_view actual = R"(
        user alice, bob, boss, root, zed
        role hr
        comment hr = roost: payroll/staging/db
        hr: alice(admin, by boss), alice(by root), alice(admin, by zed), bob(noinherit, by boss), bob(by root)
    )";
    CHECK(plan_text(actual, "hr: alice, bob(inherit)") ==
          "alter hr for alice by boss (admin off)\nalter hr for alice by zed (admin off)\n");
    CHECK(plan_text(actual, "hr: alice(admin), bob(inherit off)") == "alter hr for bob by root (inherit off)\n");
    CHECK(plan_text(actual, "hr: alice(admin, inherit off), bob(admin)") == lines(R"(
        alter hr for alice by boss (inherit off)
        alter hr for alice by root (inherit off)
        alter hr for alice by zed (inherit off)
        alter hr for bob by boss (admin)
    )"));
}

TEST_CASE("options that are not stated, or that the engine lacks, are kept as found") {
    constexpr std::string_view actual =
        "user a\nrole r\ncomment r = roost: payroll/staging/db\nr: a(noinherit, noset, default)";
    CHECK(plan_text(actual, "r: a") == "");
    CHECK(plan_text(actual, "r: a(inherit, set)", option::admin | option::inherit) == "alter r for a (inherit)\n");
    CHECK(plan_text(actual, "r: a(default off)") == "");
    CHECK(plan_text(actual, "r: a(default off)", option::admin | option::default_role) ==
          "alter r for a (default off)\n");
    CHECK(plan_text("user a\nrole r\ncomment r = roost: payroll/staging/db", "r: a(inherit off, default)",
                    option::admin) == "grant r to a (admin off)\n");
}

TEST_CASE("the line of a plan says why, and where it is declared") {
    const RoleGraph actual = test::graph("user a, b\nrole p, q, r\np: a\nq: a\nr: a");
    const auto plan = diff(actual, test::declared(R"(
        p of new: b
        q of pay off because pay needs schema 5.2, this is 5.1
        r of tax:
    )"),
                           postgresql_options);
    std::string told;
    for (const PlanLine& line : plan) {
        if (!std::holds_alternative<MarkRole>(*line.change)) told += to_string(line.place) + " " + line.why + "\n";
        CHECK(line.evidence == Evidence::declared);
    }
    CHECK(told == lines(R"(
        env.toml:1 toggle new
        env.toml:1 not declared here
        env.toml:2 pay needs schema 5.2, this is 5.1
        env.toml:3 tax is off
    )"));
}

TEST_CASE("a declared role is found by its name") {
    const Declared declared = test::declared("b: x\na: x\nc");
    REQUIRE(declared.find("b"));
    CHECK(declared.find("b")->name == "b");
    CHECK_FALSE(declared.find("B"));
    CHECK_FALSE(declared.find("d"));
}

// 2,000 roles with 50 members each: a look-up that walks a list would take minutes here, under sanitizers even more.
TEST_CASE("a large graph is compared without quadratic look-ups") {
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    Declared declared{.roles = {}, .owner = {"p", "e", "d"}};
    constexpr std::uint32_t roles = 2000, users = 20000, each = 50;
    for (std::uint32_t i = 0; i < roles; ++i) principals.push_back({.name = "r" + std::to_string(100000 + i)});
    for (std::uint32_t i = 0; i < users; ++i) principals.push_back({.name = "u" + std::to_string(100000 + i)});
    for (std::uint32_t r = 0; r < roles; ++r) {
        DeclaredRole role;
        role.name = principals[r].name;
        role.members.emplace();
        for (std::uint32_t m = 0; m < each; ++m) {
            const std::uint32_t member = roles + (r * 7 + m * 13) % users;
            memberships.push_back({.role = r, .member = member});
            if (m > 0) role.members->push_back({principals[member].name, {option::admin, 0}, {}});
        }
        declared.roles.push_back(std::move(role));
    }
    const RoleGraph actual(std::move(principals), std::move(memberships));
    const auto begin = std::chrono::steady_clock::now();
    const auto plan = diff(actual, declared, option::admin);
    CHECK(plan.size() == 2 * roles);  // each is marked, and loses one member
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("a default role that would stay named is cleared before its revoke") {
    constexpr std::string_view actual = R"(
        user alice, bob
        role hr
        comment hr = roost: payroll/staging/db
        hr: alice(default), bob
    )";
    const auto plan = [&](bool one_default) {
        const MembershipRules rules(option::admin | option::default_role, one_default);
        return test::text(diff(test::graph(actual), test::declared("hr:"), rules));
    };
    CHECK(plan(true) == lines(R"(
        alter hr for alice (default off)
        revoke hr from alice
        revoke hr from bob
    )"));
    CHECK(plan(false) == lines(R"(
        revoke hr from alice
        revoke hr from bob
    )"));
}

// SET DEFAULT ROLE NONE after the new one would have taken that away.
TEST_CASE("a default role is taken away before another takes its place") {
    constexpr std::string_view actual = R"(
        user alice, bob
        role hr, staff
        comment hr = roost: payroll/staging/db
        comment staff = roost: payroll/staging/db
        hr: bob
        staff: alice(default), bob(default)
    )";
    const MembershipRules rules(option::admin | option::default_role, true);
    const Declared declared = test::declared("hr: alice(default), bob(default)\nstaff: bob(default off)");
    const auto plan = diff(test::graph(actual), declared, rules);
    CHECK(test::text(plan) == lines(R"(
        alter staff for alice (default off)
        alter staff for bob (default off)
        grant hr to alice (admin off, default)
        alter hr for bob (default)
        revoke staff from alice
    )"));
}

TEST_CASE("where only a part of the graph is seen nothing is taken away, and what is missing is granted") {
    const MembershipRules rules(option::admin, false, false);
    CHECK(test::text(diff(test::graph(R"(
        user alice, bob, carol
        role hr
        comment hr = roost: payroll/staging/db
        hr: alice, bob(admin)
    )"),
                          test::declared("hr: bob, carol"), rules)) == lines(R"(
        grant hr to carol (admin off)
    )"));
}

TEST_CASE("a member is declared by any spelling that the database knows") {
    const RoleGraph actual = test::graph(R"(
        user alice(alias alice@%), bob@localhost
        role hr
        comment hr = roost: payroll/staging/db
        hr: alice
    )");
    const Declared spelled = in_names_of(actual, test::declared("hr: alice@%, bob@localhost, nobody"));
    CHECK(test::text(diff(actual, spelled, option::admin)) == lines(R"(
        grant hr to bob@localhost (admin off)
        grant hr to nobody (admin off)
    )"));
    CHECK(actual.find("alice@%") == actual.find("alice"));
    CHECK(!actual.find("alice@"));
}

}  // namespace plan_test
