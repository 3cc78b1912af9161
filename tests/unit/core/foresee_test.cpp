#include "core/foresee.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/recognise.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"
#include "unit/core/split_rules.hpp"

namespace foresee_test {

using namespace roost;
using roost::test::lines;

namespace {

constexpr std::string_view company = "user alice, bob, root(superuser, system)\nrole hr, staff\nhr: alice";

// Statements played on a graph one after the other: their effects, "fails: …", "may fail: …" or "opaque".
class Played {
public:
    Played(std::string_view graph, const SplitRules& rules, Folding folding, Runner runner = {"root"})
        : start_(test::graph(graph)),
          rules_(rules),
          folding_(folding),
          foresight_(start_, rules_.roles, std::move(runner)) {}

    std::string operator()(std::string_view sql, bool unsure = false) {
        const auto program = recognise(sql, rules_, folding_);
        REQUIRE(program);
        const Foreseen seen = foresight_.play(*program, unsure);
        if (seen.opaque) return "opaque";
        if (seen.failure) return "fails: " + seen.failure->message;
        said = test::text(seen.said);
        return test::text(seen.effects) + (seen.may_fail.empty() ? "" : "may fail: " + seen.may_fail);
    }
    std::string graph() const { return test::text(foresight_.graph()); }

    std::string said;

private:
    RoleGraph start_;
    SplitRules rules_;
    Folding folding_;
    Foresight foresight_;
};

Played postgresql(std::string_view graph = company) { return {graph, test::postgresql, Folding::lower}; }
Played sqlserver(std::string_view graph = company) { return {graph, test::sqlserver, Folding::none}; }
Played mariadb(std::string_view graph = company) {
    return {graph, test::mariadb, Folding::none, {.account = "root", .maker_is_hidden = true}};
}
Played newer(std::string_view graph) {
    return {graph, test::postgresql, Folding::lower, {.account = "root", .rows_by_grantor = true}};
}

}  // namespace

TEST_CASE("each statement is told on what those before it left") {
    auto play = postgresql();
    CHECK(play("CREATE ROLE app") == "create app\n");
    CHECK(play("GRANT app TO alice, bob") == "grant app to alice\ngrant app to bob\n");
    CHECK(play("GRANT app TO alice") == "");
    CHECK(play("REVOKE app FROM alice, root") == "revoke app from alice\n");
    CHECK(play("GRANT hr TO alice WITH ADMIN OPTION") == "grant hr to alice (admin)\n");
    CHECK(play("DROP ROLE IF EXISTS never") == "");
    CHECK(play.graph() == test::text(test::graph("user alice, bob, root(superuser, system)\nrole hr, staff, app\n"
                                                 "hr: alice(admin)\napp: bob")));
}

TEST_CASE("a statement that cannot succeed is told, with the engine's code, and nothing of it counts") {
    auto play = postgresql();
    CHECK(play("CREATE ROLE hr") == "fails: hr is there already (42710)");
    CHECK(play("GRANT hr TO bob, nobody") == "fails: there is no nobody (42704)");
    CHECK(play("GRANT never TO bob") == "fails: there is no role never (42704)");
    CHECK(play("GRANT SELECT ON t TO never") == "fails: there is no never (42704)");
    CHECK(play("DROP ROLE never") == "fails: there is no role never (42704)");
    CHECK(play("GRANT hr TO staff") == "grant hr to staff\n");
    CHECK(play("GRANT staff TO hr") == "fails: staff is in hr, and cannot have it as a member (0LP01)");
    CHECK(play("GRANT staff TO staff") == "fails: staff is in staff, and cannot have it as a member (0LP01)");
    CHECK(play("REVOKE staff FROM bob") == "");
    CHECK(play("CREATE ROLE app ROLE nobody") == "fails: there is no nobody (42704)");
    CHECK(play("CREATE ROLE app") == "create app\n");
}

TEST_CASE("behind a statement that is not understood nothing fails for sure") {
    auto play = postgresql();
    CHECK(play("GRANT never TO bob", true) == "grant never to bob\nmay fail: there is no role never");
    CHECK(play("CREATE ROLE hr", true) == "may fail: hr is there already");
    CHECK(play("DO $$ BEGIN CREATE ROLE hr; EXCEPTION WHEN duplicate_object THEN NULL; END $$", true) == "");
}

// A failure that a handler raised again was once certain.
TEST_CASE("behind a statement that is not understood no block fails for sure, and none raises for sure") {
    Played oracle(company, test::oracle, Folding::none, {"root", true});
    const std::string_view block =
        "BEGIN EXECUTE IMMEDIATE 'GRANT late TO bob'; EXCEPTION WHEN OTHERS THEN EXECUTE IMMEDIATE 'GRANT hr TO bob'; "
        "IF SQLCODE <> -1951 THEN RAISE; END IF; END;";
    CHECK(oracle(block) == "fails: there is no role late (-1919)");
    CHECK(oracle(block, true) == "grant late to bob\nmay fail: there is no role late");

    auto play = postgresql();
    CHECK(play("DO $$ BEGIN BEGIN CREATE ROLE app; GRANT late TO bob; EXCEPTION WHEN duplicate_object THEN NULL; END; "
               "GRANT hr TO bob; EXCEPTION WHEN unique_violation THEN NULL; END $$",
               true) == "create app\ngrant late to bob\ngrant hr to bob\nmay fail: there is no role late");
    const std::string_view raising =
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'never') THEN RAISE EXCEPTION 'none'; "
        "END IF; CREATE ROLE behind; END $$";
    CHECK(play(raising) == "fails: the script raises an error of its own");
    CHECK(play(raising, true) == "create behind\nmay fail: the script raises an error of its own");
}

TEST_CASE("what a failed block did is taken back where the engine does so, and its handler runs") {
    auto play = postgresql();
    CHECK(play("DO $$ BEGIN CREATE ROLE app; CREATE ROLE hr; EXCEPTION WHEN duplicate_object THEN GRANT hr TO bob; END "
               "$$") == "grant hr to bob\n");
    CHECK(play("DO $$ BEGIN CREATE ROLE hr; EXCEPTION WHEN undefined_object THEN NULL; END $$") ==
          "fails: hr is there already (42710)");
    CHECK(play("DO $$ BEGIN CREATE ROLE hr; EXCEPTION WHEN syntax_error_or_access_rule_violation THEN NULL; END $$") ==
          "opaque");
    Played oracle(company, test::oracle, Folding::none, {"root", true});
    CHECK(oracle("BEGIN EXECUTE IMMEDIATE 'CREATE ROLE app'; EXECUTE IMMEDIATE 'CREATE ROLE hr'; "
                 "EXCEPTION WHEN OTHERS THEN IF SQLCODE <> -1921 THEN RAISE; END IF; END;") == "create app\n");
    CHECK(oracle("BEGIN EXECUTE IMMEDIATE 'CREATE ROLE hr'; EXCEPTION WHEN OTHERS THEN IF SQLCODE <> -1919 THEN RAISE; "
                 "END IF; END;") == "fails: hr is there already (-1921)");
}

TEST_CASE("a guard is asked when its statement runs, and what it keeps from being done is said all the same") {
    auto play = sqlserver();
    const std::string_view add = "IF IS_ROLEMEMBER('staff', 'bob') = 0 ALTER ROLE staff ADD MEMBER bob";
    CHECK(play(add) == "grant staff to bob\n");
    CHECK(play(add) == "");
    CHECK(play("IF NOT EXISTS (SELECT 1 FROM sys.database_role_members WHERE role_principal_id = "
               "DATABASE_PRINCIPAL_ID('staff') AND member_principal_id = DATABASE_PRINCIPAL_ID('bob')) "
               "ALTER ROLE staff ADD MEMBER bob") == "");
    CHECK(play.said == "grant staff to bob\n");
    CHECK(play("IF IS_ROLEMEMBER('never', 'bob') = 0 ALTER ROLE never ADD MEMBER bob") == "");
    CHECK(play("DROP ROLE hr") == "fails: hr has members (15144)");
}

TEST_CASE("a count is taken when it is counted, not when it is asked for") {
    auto play = postgresql();
    CHECK(play("DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM pg_roles WHERE rolname = 'x'; CREATE ROLE x; "
               "IF n = 0 THEN GRANT x TO bob; END IF; END $$") == "create x\ngrant x to bob\n");
    CHECK(play("DO $$ DECLARE n int; BEGIN IF n = 0 THEN CREATE ROLE y; END IF; END $$") == "opaque");
    CHECK(play("DO $$ DECLARE n int; BEGIN PERFORM 1 FROM pg_roles WHERE rolname = 'z'; SELECT count(*) INTO n FROM "
               "pg_roles WHERE rolname = 'z'; IF NOT FOUND THEN CREATE ROLE z; END IF; END $$") == "");
}

TEST_CASE("names in other letters are not guessed where the collation decides") {
    auto play = sqlserver();
    CHECK(play("ALTER ROLE HR ADD MEMBER bob") == "opaque");
    CHECK(play("IF DATABASE_PRINCIPAL_ID('HR') IS NULL CREATE ROLE HR") == "opaque");
    CHECK(play("CREATE ROLE App") == "create App\n");
    CHECK(play("DROP ROLE app") == "opaque");
}

// PRÜFER and Prüfer were two.
TEST_CASE("names beyond ASCII are not guessed where the collation decides") {
    auto play = sqlserver("user root\nrole Prüfer");
    CHECK(play("IF DATABASE_PRINCIPAL_ID(N'PRÜFER') IS NULL CREATE ROLE [PRÜFER]") == "opaque");
    CHECK(play("CREATE ROLE [Lohnbüro]") == "create Lohnbüro\n");
}

// Of a user it is NULL, and was told as 0.
TEST_CASE("of a user's members nothing is asked where only roles have them") {
    auto play = sqlserver();
    CHECK(play("IF IS_ROLEMEMBER('bob', 'alice') = 0 CREATE ROLE app") == "");
    CHECK(play("IF IS_ROLEMEMBER('bob', 'alice') IS NULL CREATE ROLE app") == "create app\n");
}

// A role's row has no host, an account's has one; both were the same.
TEST_CASE("a guard that asks for a member with a host asks for an account, one without for a role") {
    auto play = mariadb("user alice, root\nrole hr, staff\nhr: alice, staff");
    const auto guarded = [](std::string_view member, std::string_view host) {
        return fmt::format(
            "IF EXISTS (SELECT 1 FROM mysql.roles_mapping WHERE Role = 'hr' AND User = '{}' AND Host = "
            "'{}') THEN CREATE ROLE app; DROP ROLE app; END IF",
            member, host);
    };
    CHECK(play(guarded("alice", "")) == "");
    CHECK(play(guarded("alice", "%")) != "");
    CHECK(play(guarded("staff", "")) != "");
    CHECK(play(guarded("staff", "%")) == "");
}

// The plan said that it grants, and the handler passed over the refusal.
TEST_CASE("where a denial would be passed over, a statement may fail") {
    constexpr std::string_view block = "DO $$ BEGIN GRANT staff TO bob; EXCEPTION WHEN {} THEN {}; END $$";
    Played limited(company, test::postgresql, Folding::lower, {.account = "alice"});
    CHECK(limited(fmt::format(block, "OTHERS", "NULL")).contains("may fail: "));
    CHECK(limited("REVOKE staff FROM bob") != "");
    CHECK(limited(fmt::format(block, "OTHERS", "RAISE")) == "grant staff to bob\n");
    auto superuser = postgresql();
    CHECK(superuser(fmt::format(block, "OTHERS", "NULL")) == "grant staff to bob\n");
}

TEST_CASE("options by value are SQL only where there are more than ADMIN") {
    Played older(company, test::postgresql, Folding::lower, {.account = "root", .options = option::admin});
    CHECK(older("GRANT staff TO bob WITH ADMIN TRUE") == "opaque");
    CHECK(older("REVOKE INHERIT OPTION FOR hr FROM alice") == "opaque");
    CHECK(older("GRANT staff TO bob WITH ADMIN OPTION") == "grant staff to bob (admin)\n");
}

TEST_CASE("the account's own memberships are not in the graph where whoever makes a role has one") {
    auto play = mariadb();
    CHECK(play("REVOKE hr FROM bob") == "fails: bob is not in hr (1962)");
    CHECK(play("REVOKE hr FROM root") == "opaque");
    CHECK(play("IF NOT EXISTS (SELECT 1 FROM mysql.roles_mapping WHERE Role = 'hr' AND User = 'root' AND Host = '%') "
               "THEN GRANT hr TO root; END IF") == "opaque");
}

TEST_CASE("users and roles that share a name, and rights that the mode decides about, are left open") {
    auto play = mariadb();
    CHECK(play("CREATE ROLE alice") == "opaque");
    CHECK(play("GRANT SELECT ON t TO nobody") == "opaque");
    CHECK(play("DROP ROLE IF EXISTS alice") == "");
    CHECK(play("DROP ROLE alice") == "fails: there is no role alice (1396)");
    CHECK(play("CREATE OR REPLACE ROLE hr") == "opaque");
    CHECK(play("CREATE OR REPLACE ROLE app") == "create app\n");
}

TEST_CASE("where each grantor has a row, a revocation takes the account's own") {
    const std::string_view graph =
        "user alice, bob, other, root(superuser, system)\nrole hr\nhr: alice(by root), bob(by other)";
    auto play = newer(graph);
    CHECK(play("REVOKE hr FROM alice") == "revoke hr from alice\n");
    CHECK(play("REVOKE hr FROM bob") == "opaque");
    CHECK(play("REVOKE hr FROM bob GRANTED BY other") == "revoke hr from bob by other\n");
    CHECK(play("REVOKE hr FROM bob") == "");
}

// It was once told as nothing, and the revocation of the other row then as the end of the membership.
TEST_CASE("where each grantor has a row, a grant beside another's row is left open") {
    auto play = newer(
        "user alice, bob, other, root(superuser, system)\nrole hr, staff\nhr: alice(by root), bob(by other), "
        "bob(by root)");
    CHECK(play("GRANT hr TO alice") == "");
    CHECK(play("GRANT hr TO bob") == "opaque");
    CHECK(play("GRANT staff TO bob") == "grant staff to bob\n");
    CHECK(play("GRANT staff TO bob WITH ADMIN OPTION") == "grant staff to bob (admin)\n");
    CHECK(play("REVOKE staff FROM bob GRANTED BY root") == "opaque");
    CHECK(play("REVOKE staff FROM bob GRANTED BY nobody") == "opaque");
    CHECK(play("REVOKE staff FROM bob") == "revoke staff from bob\n");
    CHECK_FALSE(recognise("GRANT hr TO bob GRANTED BY other", test::postgresql, Folding::lower));
}

// 10,000 statements on 20,000 principals once took as long as their product.
TEST_CASE("ten thousand statements on a large graph are told at once") {
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    for (PrincipalId i = 0; i < 20000; ++i) principals.push_back({.name = "p" + std::to_string(i)});
    for (PrincipalId i = 1; i < 20000; ++i) memberships.push_back({.role = i / 100, .member = i});
    const RoleGraph start(std::move(principals), std::move(memberships));
    Foresight foresight(start, test::postgresql.roles, {"p0"});
    std::size_t effective = 0;
    for (int i = 0; i < 10000; ++i) {
        const std::string member = "p" + std::to_string(i + 200), role = "p" + std::to_string((i + 200) / 100);
        const Deeds deeds = {{Do{.change = Revoke{role, member, {}}}},
                             {Branch{{.question = {.meaning = Meaning::principal, .name = member}},
                                     {{Do{.change = Grant{role, member, {}}}}},
                                     {}}}};
        effective += foresight.play(deeds).effects.size();
    }
    CHECK(effective == 20000);
}

}  // namespace foresee_test
