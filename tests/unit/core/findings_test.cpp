#include "core/findings.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/graph_text.hpp"

namespace roost::findings_test {

namespace {

// "warning not-effective: …" a line.
std::string told(const Findings& findings) {
    std::string text;
    for (const Finding& each : findings)
        text += fmt::format("{} {}: {}\n",
                            each.severity == Severity::error     ? "error"
                            : each.severity == Severity::warning ? "warning"
                                                                 : "note",
                            each.code, each.what.message);
    return text;
}

constexpr std::uint32_t usual = option::inherit | option::set;

RoleGraph graph(const std::vector<std::string>& roles, const std::vector<std::string>& users,
                const std::vector<std::tuple<std::string, std::string, std::uint32_t>>& edges) {
    std::vector<Principal> principals;
    for (const std::string& name : roles) principals.push_back({.name = name});
    for (const std::string& name : users) principals.push_back({.name = name, .kind = PrincipalKind::user});
    const auto id = [&](const std::string& name) {
        return static_cast<PrincipalId>(std::ranges::find(principals, name, &Principal::name) - principals.begin());
    };
    std::vector<Membership> memberships;
    for (const auto& [role, member, options] : edges)
        memberships.push_back({id(role), id(member), no_principal, options});
    return RoleGraph(principals, memberships);
}

DeclaredRole role(const std::string& name, const std::string& toggle = {}) {
    return {.name = name,
            .toggle = toggle,
            .members = {},
            .reason = {},
            .place = {"roost.toml", 3, 1},
            .members_place = {}};
}

Declared declared(std::vector<DeclaredRole> roles) { return {std::move(roles), {}}; }

Holding right(const std::string& holder, const std::string& schema, const std::string& object,
              const std::string& what = "SELECT") {
    return {"right", holder, schema, object, what, "", ""};
}
Holding there(const std::string& schema, const std::string& object, const std::string& created = {}) {
    return {"owner", "owner", schema, object, "", "", created};
}

const Declared toggle = declared({role("pigs", "new_payroll")});

}  // namespace

TEST_CASE("members who lack a role's rights are told by role, but for those who are declared so") {
    const RoleGraph there = graph({"pigs"}, {"ann", "bob", "eve"},
                                  {{"pigs", "ann", usual}, {"pigs", "bob", option::set}, {"pigs", "eve", option::set}});
    DeclaredRole pigs = role("pigs");
    pigs.members = {{"ann", {}, {}}, {"eve", {option::inherit, 0}, {}}};
    CHECK(told(not_effective(there, declared({pigs}), false)) ==
          "warning not-effective: members of pigs that do not have its rights until they say SET ROLE: bob\n");
    CHECK(told(not_effective(there, declared({role("pigs")}), true)) ==
          "note not-effective: members of pigs that do not have its rights until they say SET ROLE: bob, eve\n");
    CHECK(told(not_effective(there, declared({role("other")}), false)).empty());
}

TEST_CASE("a member is effective who inherits by the grant of anybody") {
    RoleGraph there({{.name = "pigs"}, {.name = "x"}, {.name = "y"}, {.name = "ann", .kind = PrincipalKind::user}},
                    {{0, 3, 1, option::set}, {0, 3, 2, usual}});
    CHECK(told(not_effective(there, declared({role("pigs")}), false)).empty());
}

TEST_CASE("a member is effective who has the role's rights through another role") {
    const RoleGraph there = graph({"tog", "par"}, {"ann", "bob"},
                                  {{"par", "ann", usual | option::default_role},
                                   {"par", "bob", 0},
                                   {"tog", "par", usual},
                                   {"tog", "ann", 0},
                                   {"tog", "bob", 0}});
    CHECK(told(not_effective(there, declared({role("tog")}), true)) ==
          "note not-effective: members of tog that do not have its rights until they say SET ROLE: bob\n");
    CHECK(told(one_of_several(there, declared({role("par"), role("tog")}), true)) ==
          "note one-active-role: users in several managed roles, of which a session has one active: bob\n");
}

TEST_CASE("ten names are told, and how many there are more") {
    std::vector<std::string> users;
    std::vector<std::tuple<std::string, std::string, std::uint32_t>> edges;
    for (char c = 'a'; c < 'm'; ++c) {
        users.emplace_back(1, c);
        edges.emplace_back("pigs", std::string(1, c), option::set);
    }
    CHECK(told(not_effective(graph({"pigs"}, users, edges), declared({role("pigs")}), false))
              .ends_with("SET ROLE: a, b, c, d, e, f, g, h, i, j and 2 more\n"));
}

TEST_CASE("users in several managed roles are told where one role is active at a time") {
    const RoleGraph there =
        graph({"a", "b", "c"}, {"ann", "bob"},
              {{"a", "ann", usual | option::default_role}, {"b", "ann", 0}, {"a", "bob", 0}, {"c", "bob", 0}});
    CHECK(told(one_of_several(there, declared({role("a"), role("b")}), true)) ==
          "note one-active-role: users in several managed roles, of which a session has one active: ann\n");
    CHECK(told(one_of_several(there, declared({role("a"), role("b")}), false)).empty());
}

TEST_CASE("a user in a managed role who has members is told, a role or another user who has them is not") {
    const RoleGraph there = graph({"top", "hr", "sales"}, {"ann", "bob", "eve", "joe", "kim"},
                                  {{"top", "hr", usual},
                                   {"hr", "ann", usual},
                                   {"ann", "bob", usual},
                                   {"ann", "eve", usual},
                                   {"eve", "sales", usual},
                                   {"joe", "kim", usual}});
    const std::string ann =
        "warning user-in-user: user ann has members: bob, eve; what is granted to ann they have as well\n";
    const std::string eve =
        "warning user-in-user: user eve has members: sales; what is granted to eve they have as well\n";
    CHECK(told(users_in_users(there, declared({role("hr")}))) == ann + eve);
    CHECK(told(users_in_users(there, declared({role("top"), role("not_there")}))) == ann + eve);
    CHECK(told(users_in_users(there, declared({role("sales")}))).empty());
}

TEST_CASE("of many users who have members twenty are told one by one") {
    std::vector<std::string> users;
    std::vector<std::tuple<std::string, std::string, std::uint32_t>> edges;
    for (int i = 0; i < 24; ++i) users.push_back(fmt::format("u{:02}", i));
    for (int i = 0; i < 23; ++i) {
        edges.emplace_back("hr", fmt::format("u{:02}", i), usual);
        edges.emplace_back(fmt::format("u{:02}", i), "u23", usual);
    }
    const std::string text = told(users_in_users(graph({"hr"}, users, edges), declared({role("hr")})));
    CHECK(std::ranges::count(text, '\n') == 21);
    CHECK(text.ends_with("warning user-in-user: 3 more users have members\n"));
}

TEST_CASE("declared roles that are not there are told") {
    CHECK(told(missing_roles(graph({"a"}, {}, {}), declared({role("a"), role("b c")}))) ==
          "note missing-principal: role \"b c\" is declared and does not exist yet\n");
    CHECK(told(missing_roles(graph({"a"}, {}, {}), declared({role("b")}), false)) ==
          "note missing-principal: role b is declared and is not seen by this account\n");
}

TEST_CASE("a toggle is stale from its last day on") {
    const std::vector<Expiry> toggles = {
        {"a", "", "2027-03-31", {}}, {"b", "the \x1b team", "2026-12-31", {}}, {"c", "", "", {}}};
    CHECK(told(expired(toggles, "2026-12-30")).empty());
    CHECK(told(expired(toggles, "2027-03-31")) ==
          "warning toggle-expired: toggle a was to be gone by 2027-03-31\n"
          "warning toggle-expired: toggle b was to be gone by 2026-12-31 (owner: the \\u{1b} team)\n");
}

TEST_CASE("many managed roles are told from four fifths of what a transaction takes on") {
    const Declared four = declared({role("a"), role("b"), role("c"), role("d")});
    CHECK(told(many_roles(four, 0)).empty());
    CHECK(told(many_roles(four, 6)).empty());
    CHECK(
        told(many_roles(four, 5)).starts_with("note many-roles: 4 roles are managed, and one transaction may touch 5"));
}

TEST_CASE("a right that everybody has defeats the toggle on that object") {
    const Holdings held = {right("PUBLIC", "pay", "table a"), right("PUBLIC", "pay", "table b", "INSERT"),
                           right("pigs", "pay", "table a", "SELECT with grant option"),
                           right("pigs", "pay", "table b")};
    CHECK(told(public_rights({}, held, toggle)) ==
          "warning public-right: everybody (PUBLIC) has SELECT on table a of pay, as pigs has: toggle new_payroll "
          "switches "
          "nothing there\n");
    CHECK(told(public_rights({}, held, declared({role("pigs")}))).empty());
    CHECK(told(public_rights(graph({"PUBLIC"}, {}, {}), held, toggle)).empty());
}

TEST_CASE("an object on which the toggle's role lacks what it has on most of its neighbours is told") {
    const Holdings held = {there("pay", "table a"),        there("pay", "table b"),   there("pay", "table c"),
                           there("pay", "view d"),         there("other", "table e"), right("pigs", "pay", "table a"),
                           right("pigs", "pay", "table b")};
    CHECK(told(missing_rights({}, held, toggle, "", "history")) ==
          "note right-missing: pigs lacks SELECT on table c of pay, which it holds on most others of its kind\n");
    CHECK(told(missing_rights({}, held, toggle, "", "c")).empty());
    CHECK(told(missing_rights({}, held, declared({role("pigs")}), "", "history")).empty());
}

TEST_CASE("objects on which the same right is missing are told together") {
    Holdings held;
    for (char c = 'a'; c < 'r'; ++c) held.push_back(there("", fmt::format("table {}", c)));
    for (Holding& row : held) row.schema = "pay";
    for (char c = 'f'; c < 'r'; ++c) held.push_back(right("pigs", "pay", fmt::format("table {}", c)));
    for (char c = 'g'; c < 'r'; ++c) held.push_back(right("pigs", "pay", fmt::format("table {}", c), "INSERT"));
    CHECK(
        told(missing_rights({}, held, toggle, "", "")) ==
        "note right-missing: pigs lacks INSERT on table f of pay, which it holds on most others of its kind\n"
        "note right-missing: pigs lacks INSERT, SELECT on table a, table b, table c, table d, table e of pay, which it "
        "holds on most others of its kind\n");
}

TEST_CASE("an object made after the last good run is a warning") {
    Holdings held = {there("pay", "table a"), there("pay", "table b"), there("pay", "table c", "2026-11-22T10:00:00Z"),
                     right("pigs", "pay", "table a"), right("pigs", "pay", "table b")};
    CHECK(
        told(missing_rights({}, held, toggle, "2026-11-22T09:00:00.000Z", "")).starts_with("warning right-missing: "));
    CHECK(told(missing_rights({}, held, toggle, "2026-11-22T11:00:00.000Z", "")).starts_with("note right-missing: "));
}

TEST_CASE("no right is missing on a third object where one or half of them have it") {
    const Holdings one = {there("pay", "table a"), there("pay", "table b"), right("pigs", "pay", "table a")};
    CHECK(told(missing_rights({}, one, toggle, "", "")).empty());
    const Holdings half = {there("pay", "table a"), there("pay", "table b"),         there("pay", "table c"),
                           there("pay", "table d"), right("pigs", "pay", "table a"), right("pigs", "pay", "table b")};
    CHECK(told(missing_rights({}, half, toggle, "", "")).empty());
}

TEST_CASE("a right is not missing that the role has otherwise") {
    const Holdings held = {there("pay", "table a"), there("pay", "table b"), there("pay", "table c"),
                           right("pigs", "pay", "table a"), right("pigs", "pay", "table b")};
    const auto with = [&](const Holding& more) {
        Holdings all = held;
        all.push_back(more);
        return told(missing_rights(graph({"pigs", "animals"}, {}, {{"animals", "pigs", usual}}), all, toggle, "", ""));
    };
    CHECK(!with(right("bob", "pay", "table c")).empty());
    CHECK(with(right("animals", "pay", "table c")).empty());
    CHECK(with(right("PUBLIC", "pay", "table c")).empty());
    CHECK(with(right("pigs", "", "schema pay")).empty());
    CHECK(with(right("pigs", "", "database pay")).empty());
    CHECK(with(right("pigs", "", "*.*")).empty());
}

TEST_CASE("what the engine says is near a limit is told of its object or its user") {
    const Holdings held = {{"limit", "", "pay", "table a", "its list is long", "", ""},
                           {"limit", "ann", "", "", "has many", "", ""}};
    CHECK(told(near_limits(held)) ==
          "warning rights-list-long: table a of pay: its list is long\nwarning many-roles: ann: has many\n");
}

}  // namespace roost::findings_test
