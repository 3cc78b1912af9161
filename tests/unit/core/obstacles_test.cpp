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

std::string denied_text(std::string_view actual, std::string_view declared) {
    const RoleGraph graph = test::graph(actual);
    const Declared wanted = test::declared(declared);
    std::string text;
    for (const Denied& found : denied(graph, wanted, diff(graph, wanted, MembershipRules(options, true)))) {
        constexpr std::string_view words[] = {"change", "mark", "mark alone"};
        text += found.role + ": " + std::string(words[static_cast<std::size_t>(found.what)]) + " at " +
                to_string(found.place) + "\n";
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

TEST_CASE("what is to be granted, altered or revoked of a role that the account may not grant is told by the role") {
    constexpr std::string_view actual = R"(
        user alice, bob
        role hr(not granted), dba(not granted), staff(not granted), mine, same(not granted)
        dba: alice, bob
        staff: alice
        same: alice
    )";
    CHECK(
        denied_text(actual, "hr: alice, bob\nmine: alice\nfresh: alice\nsame: alice\ndba: bob\nstaff: alice(admin)") ==
        lines("dba: change at env.toml:5\nhr: change at env.toml:1\nstaff: change at env.toml:6"));
    CHECK(denied_text(actual, "hr\ndba").empty());
}

TEST_CASE("a user's default role is set without the right to grant the role") {
    constexpr std::string_view actual = "user alice\nrole hr(not granted)\nhr: alice";
    CHECK(denied_text(actual, "hr: alice(default)").empty());
    CHECK(denied_text(actual, "hr: alice(default, admin)") == lines("hr: change at env.toml:1"));
}

// Every role that an import had found was to be marked, and the first that could not be ended the run.
TEST_CASE("a role that cannot be marked is left unmarked while it is as declared, and is not changed unmarked") {
    constexpr std::string_view actual = "user alice\nrole hr(no comment)\nhr: alice";
    CHECK(denied_text(actual, "hr: alice") == lines("hr: mark alone at env.toml:1"));
    CHECK(diff(test::graph(actual), test::declared("hr: alice"), options).empty());
    CHECK(denied_text(actual, "hr:") == lines("hr: mark at env.toml:1"));
    const std::string marked = std::string(actual) + "\ncomment hr = " + std::string(test::mark_text);
    CHECK(denied_text(marked, "hr: alice").empty());
    CHECK(denied_text(marked, "hr:").empty());
}

TEST_CASE("roles that are never managed are refused for that alone") {
    CHECK(denied_text("user alice\nrole pg_read(system, not granted, no comment)\nrole root(superuser, not granted)",
                      "pg_read: alice\nroot: alice")
              .empty());
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

TEST_CASE("a role is nobody's default where that is a role itself, new or not") {
    constexpr std::string_view actual = "user alice\nrole hr, clerks\nhr: clerks";
    const RoleGraph graph = test::graph(actual);
    const auto plan = diff(graph, test::declared("hr: alice(default), clerks(default), fresh(default)\nfresh:"),
                           MembershipRules(options, true));
    const Errors errors = defaults_of_roles(graph, plan);
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].message.contains("of fresh: that is a role"));
    CHECK(errors[1].message.contains("of clerks: that is a role"));
}

// The whole toggle stayed on: clearing the default was refused, and stood before every revoke.
TEST_CASE("where the account may not clear a default role it is revoked all the same, and told") {
    const RoleGraph graph = test::graph("user alice, bob, carol\nrole hr\nhr: alice(default), bob, carol(default)\n");
    const auto lines_of = [&](std::string_view declared, bool clears) {
        return diff(graph, test::declared(declared), MembershipRules(options, true, true, clears));
    };
    CHECK(lines_of("hr:", true).size() == 1 + 2 + 3);  // the mark, what is cleared, and the revokes
    const auto plan = lines_of("hr:", false);
    CHECK(plan.size() == 1 + 3);
    const auto stale = defaults_of_others(graph, plan);
    REQUIRE(stale.size() == 2);
    CHECK(stale[0].cause == DefaultOfOther::Cause::revoked);
    CHECK(stale[0].setting == AlterMembership{"hr", "alice", "", {option::default_role, 0}});
    CHECK(stale[1].setting.member == "carol");

    const auto set =
        defaults_of_others(graph, lines_of("hr: alice(default off), bob(default), carol, dan(default), eve", false));
    REQUIRE(set.size() == 3);
    CHECK(set[0].setting == AlterMembership{"hr", "alice", "", {option::default_role, 0}});
    CHECK(set[1].cause == DefaultOfOther::Cause::granted);
    CHECK(set[1].setting.member == "dan");
    CHECK(set[2].setting == AlterMembership{"hr", "bob", "", {option::default_role, option::default_role}});
}

TEST_CASE("a user that is declared as a role is told from roles") {
    const RoleGraph graph = test::graph("user alice\nrole hr");
    const Errors errors = granted_users(graph, test::declared("hr:\nalice: bob\nnew: alice"));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].kind == ErrorKind::refused);
    CHECK(errors[0].message == "alice is a user here, and cannot be granted");
}

}  // namespace obstacles_test
