#include "core/listed_defaults.hpp"

#include <doctest/doctest.h>

#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace listed_defaults_test {

using namespace roost;

namespace {

// "member: role, role" for each list that would have to be set; "+" before a role that is to be granted first.
std::string lists(std::string_view actual, std::string_view declared) {
    const RoleGraph graph = test::graph(actual);
    std::string text;
    for (const ListedDefault& found :
         listed_defaults(graph, diff(graph, test::declared(declared), option::admin | option::default_role))) {
        text += found.member + ":" + (found.to_role ? " is a role" : "");
        for (const std::string& role : found.roles)
            text += std::string(" ") + (role == found.role && !found.granted ? "+" : "") + role;
        text += "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a member whose role is no default role needs a whole new list, with what is in it already") {
    CHECK(lists("user alice\nrole hr, app, old\nhr: alice\napp: alice(default)\nold: alice", "hr: alice(default)") ==
          "alice: app hr\n");
    CHECK(lists("user alice\nrole hr\nhr: alice(default)", "hr: alice(default off)") == "alice:\n");
}

TEST_CASE("a default role that is one already, or of which nothing is said, needs nothing") {
    CHECK(lists("user alice\nrole hr\nhr: alice(default)", "hr: alice(default)").empty());
    CHECK(lists("user alice\nrole hr\nhr: alice", "hr: alice").empty());
}

TEST_CASE("what is granted becomes a default role, unless the user's list leaves a role out") {
    CHECK(lists("user alice\nrole hr, app\napp: alice(default)", "hr: alice(default)").empty());
    CHECK(lists("user alice\nrole hr", "hr: alice(default)").empty());
    CHECK(lists("user alice\nrole hr, app\napp: alice", "hr: alice(default)") == "alice: +hr\n");
    CHECK(lists("user alice\nrole hr, app\napp: alice", "hr: alice").empty());
}

TEST_CASE("a role has no default roles") {
    CHECK(lists("role hr, app", "hr: app(default)") == "app: is a role +hr\n");
    CHECK(lists("role hr, app", "hr: app(default off)").empty());
}

}  // namespace listed_defaults_test
