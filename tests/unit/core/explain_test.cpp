#include "core/explain.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "support/graph_text.hpp"

namespace explain_test {

using namespace roost;
using roost::test::lines;

namespace {

std::string edge_text(const RoleGraph& graph, const Membership& row) {
    return std::string(graph.name(row.member)) + " in " + std::string(graph.name(row.role));
}

// Paths, then what ends them.
std::string explained(const RoleGraph& graph, std::string_view member, std::string_view role, std::size_t limit = 100) {
    const Explanation told = explain(graph, graph.find(member).value(), graph.find(role).value(), limit);
    std::string out;
    for (const RolePath& path : told.paths) {
        out += path.effective ? "path:" : "not effective:";
        for (const Membership& row : path.edges)
            out += " " + edge_text(graph, row) + (&row == &path.edges.back() ? "" : ",");
        out += "\n";
    }
    if (told.more) out += "more\n";
    for (const Membership& row : told.cuts) out += "cut: " + edge_text(graph, row) + "\n";
    for (const Membership& row : told.all_of) out += "all of: " + edge_text(graph, row) + "\n";
    return out + (told.effective ? "effective\n" : "");
}

std::string explained(std::string_view graph, std::string_view member, std::string_view role, std::size_t limit = 100) {
    return explained(test::graph(graph), member, role, limit);
}

// A chain of diamonds: 2 to the power of `depth` paths from r0 to the last role.
RoleGraph diamonds(std::uint32_t depth) {
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    const auto add = [&](std::uint32_t number) {
        principals.push_back({.name = "r" + std::to_string(10000 + number)});
        return static_cast<PrincipalId>(principals.size() - 1);
    };
    PrincipalId bottom = add(0);
    for (std::uint32_t i = 0; i < depth; ++i) {
        const PrincipalId left = add(3 * i + 1), right = add(3 * i + 2), top = add(3 * i + 3);
        for (const PrincipalId side : {left, right}) {
            memberships.push_back({.role = side, .member = bottom});
            memberships.push_back({.role = top, .member = side});
        }
        bottom = top;
    }
    return {std::move(principals), std::move(memberships)};
}

// By one membership or more; the graph has no cycles.
bool reaches(const RoleGraph& graph, PrincipalId member, PrincipalId role) {
    return std::ranges::any_of(graph.roles_of(member), [&](std::uint32_t row) {
        const PrincipalId next = graph.memberships()[row].role;
        return next == role || reaches(graph, next, role);
    });
}

}  // namespace

TEST_CASE("every path is told, shortest first and then by names, and what ends them all") {
    CHECK(explained(R"(
        user alice
        role team, hr, ops, toggle, aside
        team: alice
        hr: alice, team
        ops: team
        toggle: hr, ops
        aside: alice
    )",
                    "alice", "toggle") == lines(R"(
        path: alice in hr, hr in toggle
        path: alice in team, team in hr, hr in toggle
        path: alice in team, team in ops, ops in toggle
        all of: hr in toggle
        all of: ops in toggle
        effective
    )"));
}

TEST_CASE("single memberships that end every path are told nearest to the role first") {
    CHECK(explained(R"(
        user alice
        role a, b, hub, gate, toggle
        a: alice
        b: alice
        hub: a, b
        gate: hub
        toggle: gate
    )",
                    "alice", "toggle") == lines(R"(
        path: alice in a, a in hub, hub in gate, gate in toggle
        path: alice in b, b in hub, hub in gate, gate in toggle
        cut: gate in toggle
        cut: hub in gate
        effective
    )"));
}

TEST_CASE("an edge that a longer path avoids ends nothing") {
    CHECK(explained("user u\nrole a, b, c, t\na: u\nb: a, c\nc: a\nt: b", "u", "t") == lines(R"(
        path: u in a, a in b, b in t
        path: u in a, a in c, c in b, b in t
        cut: b in t
        cut: u in a
        effective
    )"));
}

TEST_CASE("a member of a role that does not inherit has it, but not effectively") {
    CHECK(explained("user u\nrole a, t\na: u(noinherit)\nt: a", "u", "t") == lines(R"(
        not effective: u in a, a in t
        cut: a in t
        cut: u in a
    )"));
    CHECK(explained("user u\nrole a, t\na: u\nt: a, u(noinherit)", "u", "t") == lines(R"(
        not effective: u in t
        path: u in a, a in t
        all of: a in t
        all of: u in t
        effective
    )"));
}

TEST_CASE("a membership from two grantors is one edge, effective if either is") {
    CHECK(explained("user u, x, y\nrole t\nt: u(noinherit, by x), u(by y)", "u", "t") == lines(R"(
        path: u in t
        cut: u in t
        effective
    )"));
    CHECK(explained("user u, x, y\nrole t\nt: u(by x), u(noinherit, by y)", "u", "t") ==
          "path: u in t\ncut: u in t\neffective\n");
}

TEST_CASE("who does not have a role has no paths to it") {
    CHECK(explained("user u, v\nrole t, s\nt: v\ns: u", "u", "t") == "");
    CHECK(explained("user u\nrole t\nt: u", "t", "t") == "");
    CHECK(explained("user u\nrole t\nt: u", "t", "u") == "");
}

TEST_CASE("more paths than the limit are cut off, and whether it is effective stays exact") {
    constexpr std::string_view graph = "user u\nrole a, b, c, t\na: u(noinherit)\nb: u(noinherit)\nc: u\nt: a, b, c";
    CHECK(explained(graph, "u", "t", 2) == lines(R"(
        not effective: u in a, a in t
        not effective: u in b, b in t
        more
        all of: a in t
        all of: b in t
        all of: c in t
        effective
    )"));
    CHECK(explained(graph, "u", "t", 3).find("more") == std::string::npos);
    CHECK(explained("user u\nrole t\nt: u", "u", "t", 0) == "more\ncut: u in t\neffective\n");
}

TEST_CASE("paths beyond counting are told to the limit") {
    const RoleGraph graph = diamonds(200);
    const Explanation told = explain(graph, 0, static_cast<PrincipalId>(graph.principals().size() - 1), 50);
    CHECK(told.paths.size() == 50);
    CHECK(told.paths[49].edges.size() == 400);
    CHECK(told.more);
    CHECK(told.effective);
    CHECK(told.cuts.empty());
    CHECK(told.all_of.size() == 2);
}

TEST_CASE("the cuts are the memberships without which the role is not reached") {
    std::uint32_t seed = 1;
    const auto below = [&](std::uint32_t limit) { return (seed = seed * 1664525 + 1013904223) / 65536 % limit; };
    std::size_t with_cuts = 0, without = 0;
    for (int round = 0; round < 300; ++round) {
        std::vector<Principal> principals(8);
        for (std::size_t i = 0; i < principals.size(); ++i) principals[i].name = static_cast<char>('a' + i);
        std::vector<Membership> rows;
        for (std::uint32_t edge = 0; edge < 11; ++edge) {
            const std::uint32_t member = below(7);
            rows.push_back({.role = member + 1 + below(7 - member),
                            .member = member,
                            .options = below(3) == 0 ? 0 : option::inherit});
        }
        const RoleGraph graph(principals, rows);
        const auto without_edges = [&](auto leaves_out) {
            std::vector<Membership> left = rows;
            std::erase_if(left, leaves_out);
            return RoleGraph(principals, left);
        };
        const Explanation told = explain(graph, 0, 7);
        CHECK(told.paths.empty() != reaches(graph, 0, 7));
        CHECK(told.effective == reaches(without_edges([](const Membership& row) { return row.options == 0; }), 0, 7));
        std::set<std::pair<PrincipalId, PrincipalId>> cuts, expected;
        for (const Membership& row : told.cuts) cuts.emplace(row.role, row.member);
        for (const Membership& row : rows) {
            const auto same = [&](const Membership& other) {
                return other.role == row.role && other.member == row.member;
            };
            if (reaches(graph, 0, 7) && !reaches(without_edges(same), 0, 7)) expected.emplace(row.role, row.member);
        }
        CHECK(cuts == expected);
        ++(cuts.empty() ? without : with_cuts);
    }
    CHECK(with_cuts > 50);
    CHECK(without > 50);
}

TEST_CASE("a long chain is one path that any of its edges ends") {
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    constexpr std::uint32_t length = 20000;
    for (std::uint32_t i = 0; i <= length; ++i) principals.push_back({.name = "r" + std::to_string(100000 + i)});
    for (std::uint32_t i = 0; i < length; ++i) memberships.push_back({.role = i + 1, .member = i});
    const Explanation told = explain(RoleGraph(std::move(principals), std::move(memberships)), 0, length);
    CHECK(told.paths.size() == 1);
    CHECK(told.cuts.size() == length);
}

TEST_CASE("a cycle beside the paths adds none and hangs nothing") {
    CHECK(explained("user u\nrole a, b, t\na: u, b\nb: a\nt: b\nu: t", "u", "t") == lines(R"(
        path: u in a, a in b, b in t
        cut: b in t
        cut: a in b
        cut: u in a
        effective
    )"));
}

TEST_CASE("what lies beyond the role ends no path to it") {
    CHECK(explained("user u\nrole a, b, t, x\na: u\nb: u\nt: a, b, x\nx: t", "u", "t") == lines(R"(
        path: u in a, a in t
        path: u in b, b in t
        all of: a in t
        all of: b in t
        effective
    )"));
}

TEST_CASE("among very many cycles the search ends and says that there is more") {
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    constexpr PrincipalId size = 40;
    for (PrincipalId i = 0; i < size; ++i) principals.push_back({.name = "r" + std::to_string(100 + i)});
    for (PrincipalId i = 0; i < size; ++i) {
        for (PrincipalId j = 0; j < size; ++j) {
            if (i / 2 != j / 2) memberships.push_back({.role = i, .member = j});
        }
    }
    const Explanation told = explain(RoleGraph(std::move(principals), std::move(memberships)), 0, 1, 1000);
    CHECK(told.paths.size() == 1000);
    CHECK(told.more);
}

}  // namespace explain_test
