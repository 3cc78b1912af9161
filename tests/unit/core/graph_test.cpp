#include "core/graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/graph_text.hpp"

namespace graph_test {

using namespace roost;
using roost::test::lines;

namespace {

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

TEST_CASE("a membership gives what any of its grantors gives") {
    const RoleGraph graph = test::graph("user u, x, y\nrole r\nr: u(admin, noinherit, by x), u(noset, by y)");
    CHECK(graph.options_of("r", "u") == (option::admin | option::inherit | option::set));
    CHECK(graph.options_of("r", "x") == std::nullopt);
    CHECK(graph.options_of("nobody", "u") == std::nullopt);
}

}  // namespace graph_test
