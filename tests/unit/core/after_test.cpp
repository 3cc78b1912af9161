#include "core/after.hpp"

#include <doctest/doctest.h>

#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace after_test {

using namespace roost;
using roost::test::lines;

namespace {

constexpr std::string_view company = R"(
    user bob, alice, carol, root(superuser)
    role staff, hr, payroll
    staff: hr, payroll
    hr: alice, bob(noinherit, by root), bob(admin, by alice)
    payroll: bob
)";

}  // namespace

TEST_CASE("changes applied to a graph give the graph they describe") {
    const RoleGraph before = test::graph(company);
    const std::vector<Change> changes = {
        CreateRole{"audit", "mine"},
        CreateUser{"dave"},
        Grant{"audit", "dave", {}},
        Grant{"payroll", "carol", {option::admin | option::inherit, option::admin}},
        Revoke{"hr", "alice", ""},
        AlterMembership{"hr", "bob", "alice", {option::admin, 0}},
        Revoke{"hr", "bob", "root"},
        MarkRole{"hr", "ours"},
        DropRole{"root"},
    };
    CHECK(test::text(after(before, changes)) == lines(R"(
        user alice
        role audit
        comment audit = mine
        user bob
        user carol
        user dave
        role hr
        comment hr = ours
        role payroll
        role staff
        audit: dave
        hr: bob(by alice)
        payroll: bob, carol(admin, noinherit)
        staff: hr, payroll
    )"));
}

TEST_CASE("no changes leave a graph as it is") {
    const RoleGraph before = test::graph(company);
    CHECK(after(before, {}) == before);
}

TEST_CASE("creating what exists leaves it as it is") {
    const RoleGraph before = test::graph("user root(superuser)\nrole hr\ncomment hr = ours\nhr: root");
    CHECK(after(before, {CreateRole{"hr", "theirs"}, CreateUser{"root"}}) == before);
}

TEST_CASE("a role dropped and created again has none of its members and attributes") {
    const RoleGraph before = test::graph("user alice, bob\nrole hr, staff\ncomment hr = ours\nhr: alice\nstaff: hr");
    const RoleGraph now =
        after(before, {Grant{"hr", "bob", {}}, DropRole{"hr"}, CreateRole{"hr", ""}, Grant{"hr", "bob", {}}});
    CHECK(test::text(now) == "user alice\nuser bob\nrole hr\nrole staff\nhr: bob\n");
}

TEST_CASE("a grant without a grantor is taken back by a revocation without one, and a grant adds names it lacks") {
    const RoleGraph before = test::graph("role hr");
    const Grant grant{"hr", "new", {}};
    CHECK(test::text(after(before, {grant})) == "role hr\nrole new\nhr: new\n");
    CHECK(after(before, {CreateRole{"new", ""}, grant, Revoke{"hr", "new", ""}}) == test::graph("role hr, new"));
    CHECK(after(before, {Revoke{"hr", "unknown", ""}, AlterMembership{"x", "y", "", {}}, DropRole{"z"}}) == before);
}

TEST_CASE("granting again does not add a second membership nor reset what was not stated") {
    const RoleGraph before = test::graph("user alice, root\nrole hr\nhr: alice(noinherit, by root)");
    CHECK(after(before, {Grant{"hr", "alice", {}}}) == before);
    CHECK(test::text(after(before, {Grant{"hr", "alice", {option::admin, option::admin}}})) ==
          "user alice\nrole hr\nuser root\nhr: alice(admin, noinherit, by root)\n");
}

TEST_CASE("of the changes of statements those have an effect that alter what the ones before them left") {
    const RoleGraph start = test::graph("user a, b, x, y\nrole r, s\nr: a(by x), a(admin, by y)\ncomment s = text");
    const std::vector<std::vector<Change>> statements = {
        {CreateRole{"r", "c"}, CreateRole{"t", {}}, CreateRole{"t", "c"}, CreateUser{"a"}, DropRole{"nobody"}},
        {Revoke{"r", "a", "b"}, Revoke{"r", "a", "x"}, Revoke{"r", "a", "x"}, Revoke{"nobody", "a", ""}},
        {AlterMembership{"r", "a", "x", {option::admin, 0}}, AlterMembership{"r", "b", "", {option::admin, 0}}},
        {AlterMembership{"r", "a", "y", {option::admin, 0}}, AlterMembership{"r", "a", "", {option::admin, 0}}},
        {Grant{"s", "b", {}}, Grant{"s", "b", {option::set, option::set}}},
        {Grant{"r", "a", {}}, Revoke{"r", "a", ""}, Grant{"r", "a", {}}, Grant{"r", "a", {option::admin, 1}}},
        {MarkRole{"s", "text"}, MarkRole{"s", "more"}, DropRole{"s"}, DropRole{"s"}, CreateRole{"s", {}}},
        {MarkRole{"s", ""}, MarkRole{"s", "text"}},
        {}};
    std::string text;
    for (const auto& of_statement : effects(start, statements)) text += test::text(of_statement) + ".\n";
    CHECK(text == lines(R"(
        create t
        .
        revoke r from a by x
        .
        .
        alter r for a by y (admin off)
        .
        grant s to b
        .
        revoke r from a
        grant r to a
        grant r to a (admin)
        .
        mark s = more
        drop s
        create s
        .
        mark s = text
        .
        .
    )"));
}

TEST_CASE("the effects of ten thousand statements on a large graph are told at once") {
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    for (PrincipalId i = 0; i < 20000; ++i) principals.push_back({.name = "p" + std::to_string(i)});
    for (PrincipalId i = 1; i < 20000; ++i) memberships.push_back({.role = i / 100, .member = i});
    const RoleGraph start(std::move(principals), std::move(memberships));
    std::vector<std::vector<Change>> statements;
    for (int i = 0; i < 10000; ++i) {
        const std::string member = "p" + std::to_string(i + 200);
        const std::string role = "p" + std::to_string((i + 200) / 100);
        statements.push_back({Revoke{role, member, ""}, Revoke{role, member, ""}, Grant{role, member, {}}});
        if (i % 10 == 0) statements.back().emplace_back(DropRole{member});
    }
    std::size_t effective = 0;
    for (const auto& changes : effects(start, statements)) effective += changes.size();
    CHECK(effective == 21000);
}

}  // namespace after_test
