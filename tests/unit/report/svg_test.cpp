#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/after.hpp"
#include "report/svg.hpp"
#include "report/svg_drawing.hpp"
#include "report/svg_layout.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

using namespace roost;

namespace {

Picture pictured(std::string_view before, std::string_view after, std::string_view roles) {
    return picture(test::graph(before), test::graph(after), test::declared(roles));
}

std::string users(int from, int to, const std::string& except = "") {
    std::string list;
    for (int i = from; i <= to; ++i)
        if (const std::string name = "u" + std::to_string(1000 + i); name != except)
            list += (list.empty() ? "" : ", ") + name;
    return list;
}

// `number` users in hr, of whom one is taken out.
Picture with_users(int number) {
    const std::string before = "role hr\nuser " + users(1, number) + "\nhr: " + users(1, number);
    const std::string after = "role hr\nuser " + users(1, number) + "\nhr: " + users(1, number, "u1003");
    return pictured(before, after, "hr");
}

std::size_t occurrences(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

const svg::Node* box_of(const svg::Drawing& drawing, std::string_view name) {
    for (const svg::Node& node : drawing.nodes)
        if (std::ranges::find(node.names, name) != node.names.end()) return &node;
    return nullptr;
}

}  // namespace

TEST_CASE("users with the same roles are one box that names each of them") {
    const auto drawing = svg::drawing(with_users(60));
    CHECK(drawing.nodes.size() == 3);  // hr, the one who leaves, the others
    CHECK(drawing.edges.size() == 2);
    CHECK(box_of(drawing, "u1001")->names.size() == 59);
    CHECK(box_of(drawing, "u1003")->names.size() == 1);
    CHECK(drawing.left_out.empty());
}

TEST_CASE("beyond two hundred principals those at whom nothing changes become a number, and the others keep names") {
    const auto drawing = svg::drawing(with_users(1000));
    CHECK(drawing.nodes.size() == 3);
    CHECK(box_of(drawing, "u1001") == nullptr);
    REQUIRE(box_of(drawing, "u1003"));
    CHECK(std::ranges::any_of(drawing.nodes, [](const svg::Node& n) { return n.number == 999 && n.names.empty(); }));
    CHECK_FALSE(drawing.left_out.empty());
    const std::string svg = svg::graph(with_users(1000)).svg;
    CHECK(svg.contains(">999 users<"));
    CHECK(svg.contains(">u1003<"));
}

TEST_CASE("few users with roles in common are counted at each of them, where the picture is large") {
    std::string graph =
        "role r1, r2, r3\nuser " + users(1, 300) + "\nr1: " + users(1, 298) + "\nr2: u1001, u1002, u1299\nr3: u1300";
    const auto drawing = svg::drawing(pictured(graph, graph, "r1\nr2\nr3"));
    std::multiset<std::size_t> numbers;
    for (const svg::Node& node : drawing.nodes)
        if (node.names.empty()) numbers.insert(node.number);
    // 296 in r1 alone; of r1 and r2 two, of r2 alone one, of r3 one
    CHECK(numbers == std::multiset<std::size_t>{1, 2, 3, 296});
}

TEST_CASE("what is too much to draw is said, and not left out without a word") {
    const auto many = with_users(3000);
    CHECK(svg::drawing(many).left_out.contains("number"));
    std::string roles;
    for (int i = 0; i < 2000; ++i) roles += "r" + std::to_string(i) + "\n";
    std::string all = "role r0";
    for (int i = 1; i < 2000; ++i) all += ", r" + std::to_string(i);
    const auto only_roles = svg::graph(pictured("role x", all, roles));
    CHECK(only_roles.svg.empty());
    CHECK(only_roles.left_out.contains("2000 principals change"));
}

TEST_CASE("nothing changes in a picture of thousands of roles: nothing is drawn, and that is said") {
    std::string all = "role r0";
    std::string roles = "r0\n";
    for (int i = 1; i < 2000; ++i) {
        all += ", r" + std::to_string(i);
        roles += "r" + std::to_string(i) + "\n";
    }
    const auto graph = svg::graph(pictured(all, all, roles));
    CHECK(graph.svg.empty());
    CHECK(graph.left_out == "Only what changes is drawn.");
}

TEST_CASE("members stand to the left of their roles, and no two boxes of a layer overlap") {
    const auto drawing = svg::drawing(
        pictured("user a, b, c, d\n role hr, staff, top, alone\n hr: a, b\n staff: hr, c\n top: staff, d, hr, alone",
                 "user a, b, c, d\n role hr, staff, top, alone\n hr: a, b\n staff: hr, c\n top: staff, d, hr, alone",
                 "hr\ntop"));
    const std::vector<svg::Size> sizes(drawing.nodes.size(), {80, 28});
    const svg::Layout layout = svg::layout(drawing, sizes);
    for (const svg::Edge& edge : drawing.edges) CHECK(layout.corners[edge.member].x + 80 < layout.corners[edge.role].x);
    for (std::size_t i = 0; i < sizes.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (layout.corners[i].x == layout.corners[j].x)
                CHECK(std::abs(layout.corners[i].y - layout.corners[j].y) >= 28);
    for (const svg::Point corner : layout.corners) {
        CHECK(corner.x >= 0);
        CHECK(corner.y >= 0);
        CHECK(corner.x + 80 <= layout.size.width);
        CHECK(corner.y + 28 <= layout.size.height);
    }
}

TEST_CASE("a role that nobody is in stands below the others, with no gap before it") {
    const std::string_view roles = "user a, b\n role hr, lonely\n hr: a, b";
    const auto drawing = svg::drawing(pictured(roles, roles, "hr\nlonely"));
    const svg::Layout layout = svg::layout(drawing, std::vector<svg::Size>(drawing.nodes.size(), {80, 28}));
    CHECK(layout.size.height == 12 + 28 + 10 + 28 + 12 + (28 + 10) / 2);  // hr is in the middle of its two members
}

TEST_CASE("a circle of memberships is drawn, too") {
    const std::string svg = svg::graph(pictured("role a, b\n a: b", "role a, b\n a: b\n b: a", "a\nb")).svg;
    CHECK(occurrences(svg, "class=\"node ") == 2);
    CHECK(occurrences(svg, "class=\"edge ") == 2);
}

TEST_CASE("what changes is told by a sign and a word, not by its colour alone") {
    const std::string svg = svg::graph(pictured("user ann, bob, cid\n role hr\n hr: ann, bob(noinherit)",
                                                "user ann, bob, cid\n role hr\n hr: bob(noinherit, admin), cid", "hr"))
                                .svg;
    CHECK(svg.contains("<title>ann in hr: removed</title>"));
    CHECK(svg.contains("<title>bob in hr: altered, not effective until SET ROLE</title>"));
    CHECK(svg.contains("<title>cid in hr: added</title>"));
    CHECK(svg.contains(">−</text>"));
    CHECK(svg.contains(">~</text>"));
    CHECK(svg.contains(">+</text>"));
    CHECK(svg.contains("1 role, 3 users, 3 memberships; 1 added; 1 altered; 1 removed"));
}

TEST_CASE("the same picture is drawn the same") {
    CHECK(svg::graph(with_users(100)).svg == svg::graph(with_users(100)).svg);
    CHECK(svg::graph({}).svg.empty());
}
