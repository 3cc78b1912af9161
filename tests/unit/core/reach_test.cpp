#include "core/reach.hpp"

#include <doctest/doctest.h>

#include "support/graph_text.hpp"

using namespace roost;

namespace {

std::pair<std::size_t, std::size_t> reached(std::string_view text, std::string_view role) {
    const RoleGraph graph = test::graph(text);
    const Reach found = reach(graph, graph.find(role).value());
    return {found.users, found.not_effective};
}

}  // namespace

TEST_CASE("users count once, whatever leads to them, and roles do not") {
    CHECK(reached("user alice, bob, eve\nrole top, hr, it\ntop: hr, it, alice\nhr: alice, bob\nit: bob", "top") ==
          std::pair<std::size_t, std::size_t>{2, 0});
    CHECK(reached("user alice\nrole top\n", "top") == std::pair<std::size_t, std::size_t>{0, 0});
}

TEST_CASE("a user is not effective who has the rights by no path") {
    constexpr auto graph = "user a, b, c\nrole top, hr, it\ntop: hr(noinherit), it, c(noinherit)\nhr: a, b\nit: b";
    CHECK(reached(graph, "top") == std::pair<std::size_t, std::size_t>{3, 2});
}

TEST_CASE("of several grants of one membership one that inherits is enough") {
    CHECK(reached("user a\nrole top, x, y\ntop: a(noinherit, by x), a(by y)", "top") ==
          std::pair<std::size_t, std::size_t>{1, 0});
}
