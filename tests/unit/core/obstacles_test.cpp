#include "core/obstacles.hpp"

#include <doctest/doctest.h>

#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace obstacles_test {

using namespace roost;
using roost::test::lines;

namespace {

constexpr std::uint32_t options = option::admin | option::inherit | option::set | option::default_role;

// "role: member by grantor", with "taken" where the plan would take it away.
std::string unrevocable_text(std::string_view actual, std::string_view declared, std::string_view account) {
    const RoleGraph graph = test::graph(actual);
    const Declared wanted = test::declared(declared);
    std::string text;
    for (const Unrevocable& found : unrevocable(graph, wanted, diff(graph, wanted, options), account))
        text += found.row.role + ": " + found.row.member + " by " + found.row.grantor + (found.taken ? " taken" : "") +
                " at " + to_string(found.place) + "\n";
    return text;
}

std::string refused(std::string_view actual, std::string_view declared) {
    const RoleGraph graph = test::graph(actual);
    std::string text;
    const MembershipRules rules(options, true);
    for (const Error& error : second_defaults(graph, diff(graph, test::declared(declared), rules))) {
        CHECK(error.kind == ErrorKind::refused);
        text += to_string(error) + "\n";
    }
    return text;
}

constexpr std::string_view grants = R"(
    user alice, bob, carol, tool, postgres(superuser)
    role hr, dba, owners
    hr: alice(by postgres), bob(by tool), carol(by owners)
    dba: alice(by postgres)
    owners: tool
)";

}  // namespace

TEST_CASE("grants of others are found before anything is to be revoked, those of own roles are not among them") {
    CHECK(unrevocable_text(grants, "hr: alice, bob, carol", "tool") == lines("hr: alice by postgres at env.toml:1"));
}

TEST_CASE("a plan that would take another's grant back says so") {
    CHECK(unrevocable_text(grants, "hr: bob, carol", "tool") == lines("hr: alice by postgres taken at env.toml:1"));
    CHECK(unrevocable_text(grants, "hr: alice(inherit off), bob, carol", "tool") ==
          lines("hr: alice by postgres taken at env.toml:1"));
}

TEST_CASE("a role whose membership is not declared is nobody's business") {
    CHECK(unrevocable_text(grants, "dba", "tool").empty());
}

TEST_CASE("rights that need SET ROLE do not count, a superuser takes everything back") {
    constexpr std::string_view set_role = R"(
        user alice, tool, postgres(superuser)
        role hr, owners
        hr: alice(by owners)
        owners: tool(noinherit)
    )";
    CHECK(unrevocable_text(set_role, "hr:", "tool") == lines("hr: alice by owners taken at env.toml:1"));
    CHECK(unrevocable_text(set_role, "hr:", "postgres").empty());
}

TEST_CASE("a role becomes the default only of a user who has no other") {
    CHECK(
        refused("user alice, bob\nrole hr, app\napp: alice(default)", "hr: alice(default), bob(default)") ==
        "env.toml:1: hr cannot become the default role of alice, who has app for it; make app a member of hr instead, "
        "or take alice's default role away first\n");
    CHECK(refused("user alice\nrole hr, app\napp: alice\nhr: alice", "hr: alice(default)").empty());
    CHECK(refused("user alice\nrole hr\nhr: alice(default)", "hr: alice(default)").empty());
    CHECK(refused("user alice\nrole hr, app\napp: alice(default)", "hr: alice(default off)").empty());
}

// It took two runs: the first to take the old one away, the second to give the new one.
TEST_CASE("a default role that the plan itself takes away does not stand in the way of the next") {
    for (const auto left : {"app:", "app: alice(default off)", "app: alice(default off, admin)"}) {
        INFO(left);
        constexpr std::string_view actual = "user alice, bob\nrole hr, app\napp: alice(default), bob(default)\nhr: bob";
        CHECK(refused(actual, std::string("hr: alice(default), bob\n") + left).empty());
    }
    constexpr std::string_view actual = "user alice, bob\nrole hr, app\napp: alice(default), bob(default)";
    CHECK(refused(actual, "hr: alice(default), bob(default)\napp: alice, bob(default off)").contains("of alice, who"));
}

TEST_CASE("a plan that would give a user two default roles is refused at the second") {
    CHECK(
        refused("user alice, bob\nrole hr, app\nhr: bob",
                "app: alice(default), bob(default)\nhr: alice(default), bob") ==
        "env.toml:2: hr cannot become the default role of alice, who has app for it; make app a member of hr instead, "
        "or take alice's default role away first\n");
}

}  // namespace obstacles_test
