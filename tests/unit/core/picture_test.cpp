#include <doctest/doctest.h>

#include "core/picture.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

using namespace roost;
using test::declared;
using test::graph;

namespace {

char mark(Picture::Was was) { return "=+-~"[static_cast<int>(was)]; }

// One node or edge to a line: "+ role hr managed", "- hr: bob", "= hr: carol not effective".
std::string text(const Picture& picture) {
    std::string out;
    for (const Picture::Node& node : picture.nodes)
        out += std::string(1, mark(node.was)) + (node.kind == PrincipalKind::user ? " user " : " role ") + node.name +
               (node.managed ? " managed" : "") + (node.toggle.empty() ? "" : " of " + node.toggle) + "\n";
    for (const Picture::Edge& edge : picture.edges)
        out += std::string(1, mark(edge.was)) + " " + picture.nodes[edge.role].name + ": " +
               picture.nodes[edge.member].name + (edge.effective ? "" : " not effective") + "\n";
    return out;
}

std::string pictured(std::string_view before, std::string_view after, std::string_view roles) {
    return text(picture(graph(before), graph(after), declared(roles)));
}

}  // namespace

TEST_CASE("a picture holds managed roles, all that are in them and all that they are in, and nobody else") {
    const std::string_view roles = R"(
        user alice, bob, carol, stranger
        role hr, staff, guineapigs, top, elsewhere
        hr: alice, staff
        staff: bob
        guineapigs: hr
        top: guineapigs, carol
        elsewhere: stranger, alice)";
    CHECK(pictured(roles, roles, "guineapigs of new_payroll: hr") == test::lines(R"(
        = user alice
        = user bob
        = role guineapigs managed of new_payroll
        = role hr
        = role staff
        = role top
        = guineapigs: hr
        = hr: alice
        = hr: staff
        = staff: bob
        = top: guineapigs)"));
}

TEST_CASE("before and after are one picture, and each part says what became of it") {
    CHECK(pictured(R"(
        user alice, bob, carol
        role hr
        hr: alice, bob, carol)",
                   R"(
        user alice, bob, carol, dora
        role hr, guineapigs
        comment hr = roost: payroll/staging/db
        hr: alice, carol(noinherit), dora
        guineapigs: hr)",
                   "hr: alice, carol, dora\n guineapigs: hr") == test::lines(R"(
        = user alice
        = user bob
        = user carol
        + user dora
        + role guineapigs managed
        ~ role hr managed
        + guineapigs: hr
        = hr: alice
        - hr: bob
        ~ hr: carol not effective
        + hr: dora)"));
}

TEST_CASE("what is reached on one side alone has its memberships of the other side, too") {
    CHECK(pictured("user u\n role managed, a, b\n managed: a, b\n a: u\n b: u",
                   "user u\n role managed, a, b\n managed: a\n a: u\n b: u", "managed: a") == test::lines(R"(
        = role a
        = role b
        = role managed managed
        = user u
        = a: u
        = b: u
        = managed: a
        - managed: b)"));
}

TEST_CASE("a membership from two grantors is one line, effective if either is") {
    const std::string_view twice = "user u, g, h\n role r\n r: u(noinherit, by g), u(by h)";
    CHECK(pictured(twice, twice, "r: u") == "= role r managed\n= user u\n= r: u\n");
}

TEST_CASE("a dropped role is drawn as removed, though another principal bears its name as an alias") {
    CHECK(pictured("user u\n role r\n r: u", "user u(alias r)", "r") == "- role r managed\n= user u\n- r: u\n");
}

TEST_CASE("memberships that go round in a circle end the walk") {
    const std::string_view circle = "role a, b\n a: b\n b: a";
    CHECK(pictured(circle, circle, "a") == "= role a managed\n= role b\n= a: b\n= b: a\n");
}

TEST_CASE("a hundred thousand principals around one managed role cost no more than a look at each") {
    std::vector<Principal> principals{{.name = "managed"}};
    std::vector<Membership> memberships;
    for (PrincipalId id = 1; id <= 100000; ++id) {
        principals.push_back({.name = "u" + std::to_string(id), .kind = PrincipalKind::user});
        memberships.push_back({.role = id % 10 == 0 ? 0 : id - id % 10 + 10, .member = id});
        if (memberships.back().role > 100000) memberships.pop_back();
    }
    const RoleGraph large(std::move(principals), std::move(memberships));
    CHECK(picture(large, large, declared("managed")).nodes.size() == 100001);
    CHECK(picture(large, large, declared("u10")).nodes.size() == 11);
}
