#include "core/graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/plan.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace graph_test {

using namespace roost;
using roost::test::lines;

namespace {

std::string names_of(const RoleGraph& graph, const std::vector<PrincipalId>& ids) {
    std::string out;
    for (const PrincipalId id : ids) out += (out.empty() ? "" : " ") + std::string(graph.name(id));
    return out;
}

PrincipalId id_in(const RoleGraph& graph, std::string_view name) { return graph.find(name).value(); }

constexpr std::string_view company = R"(
    user bob, alice, carol, root(superuser)
    role staff, hr, payroll
    staff: hr, payroll
    hr: alice, bob(noinherit, by root), bob(admin, by alice)
    payroll: bob
)";

}  // namespace

TEST_CASE("principals and memberships are in bytewise order however they were read") {
    CHECK(test::text(test::graph(company)) == lines(R"(
        user alice
        user bob
        user carol
        role hr
        role payroll
        user root(superuser)
        role staff
        hr: alice, bob(admin, by alice), bob(noinherit, by root)
        payroll: bob
        staff: hr, payroll
    )"));
    CHECK(test::graph("user É, b, B, a") == test::graph("user a, b, B, É"));
    CHECK(test::graph("user É, b, B, a").name(0) == "B");
}

TEST_CASE("a principal is found by its exact name only") {
    const RoleGraph graph = test::graph(company);
    CHECK(graph.name(id_in(graph, "hr")) == "hr");
    CHECK_FALSE(graph.find("HR"));
    CHECK_FALSE(graph.find("h"));
    CHECK_FALSE(graph.find("zoe"));
    CHECK_FALSE(RoleGraph{}.find("hr"));
}

TEST_CASE("members and roles are read from either end of a membership") {
    const RoleGraph graph = test::graph(company);
    CHECK(graph.members_of(id_in(graph, "hr")).size() == 3);
    CHECK(graph.members_of(id_in(graph, "alice")).empty());
    std::string roles;
    for (const auto row : graph.roles_of(id_in(graph, "bob")))
        roles += std::string(graph.name(graph.memberships()[row].role)) + " ";
    CHECK(roles == "hr hr payroll ");
}

TEST_CASE("the roles of a member come in their order however many they are") {
    std::vector<Principal> principals(200);
    std::vector<Membership> memberships;
    for (PrincipalId i = 0; i < 200; ++i) principals[i].name = std::to_string(1000 + i);
    for (PrincipalId role = 2; role < 200; ++role) {
        for (const PrincipalId member : {0U, 1U}) memberships.push_back({.role = role, .member = member});
    }
    const RoleGraph graph(std::move(principals), std::move(memberships));
    for (const PrincipalId member : {0U, 1U}) {
        CHECK(graph.roles_of(member).size() == 198);
        CHECK(std::ranges::is_sorted(graph.roles_of(member)));
    }
}

TEST_CASE("the closure of a role holds nested members and not the role itself") {
    const RoleGraph graph = test::graph(company);
    CHECK(names_of(graph, graph.closure(id_in(graph, "staff"))) == "alice bob hr payroll");
    CHECK(names_of(graph, graph.closure(id_in(graph, "alice"))).empty());
}

TEST_CASE("a cycle neither hangs a closure nor makes a role its own member in it") {
    const RoleGraph graph = test::graph("role a, b, c\n a: b\n b: c\n c: a");
    CHECK(names_of(graph, graph.closure(0)) == "b c");
    CHECK(graph.reaches(0, 0));
    CHECK(graph.reaches(2, 1));
}

TEST_CASE("a member reaches a role by one membership or more, never by none") {
    const RoleGraph graph = test::graph(company);
    const auto reaches = [&](std::string_view member, std::string_view role) {
        return graph.reaches(id_in(graph, member), id_in(graph, role));
    };
    CHECK(reaches("alice", "hr"));
    CHECK(reaches("alice", "staff"));
    CHECK_FALSE(reaches("alice", "payroll"));
    CHECK_FALSE(reaches("staff", "alice"));
    CHECK_FALSE(reaches("hr", "hr"));
    CHECK_FALSE(reaches("root", "hr"));
}

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

}  // namespace graph_test
