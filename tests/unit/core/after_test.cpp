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

}  // namespace after_test
