// What an account sees of Oracle, and what it may hold; on a server, or else on the model.
#include <algorithm>

#include "core/plan.hpp"
#include "ledger/ledger.hpp"
#include "unit/drivers/oracle_live.hpp"

namespace roost {
namespace {

using test::must;
using test::OracleServer;
using test::rows;
using test::run;

const std::vector<std::string> few_rights = {"CREATE SESSION", "SELECT ON sys.v_$database",
                                             "SELECT ON sys.v_$containers"};

// "role: member, …" of those that are not Oracle's own.
std::string memberships(const RoleGraph& graph) {
    std::string text;
    for (const Membership& edge : graph.memberships())
        if (!graph.principal(edge.role).system)
            text += fmt::format("{}: {}{}\n", graph.name(edge.role), graph.name(edge.member),
                                edge.options & option::default_role ? " by default" : "");
    return text;
}

std::ptrdiff_t revocations(const std::vector<PlanLine>& plan) {
    return std::ranges::count_if(
        plan, [](const PlanLine& line) { return line.change && std::holds_alternative<Revoke>(*line.change); });
}

TEST_CASE("Oracle says what it is, who we are, and which database this is") {
    OracleServer server;
    server.owner();
    const auto connection = server.as("ROOST");
    const ServerFacts facts = must(server.driver.facts(*connection, server.target("ROOST")));
    CHECK(facts.account == "ROOST");
    CHECK(facts.schema == "ROOST");
    CHECK(facts.unseen.empty());
    CHECK(!facts.version.empty());
    CHECK(facts.database_id.find_first_not_of("0123456789/") == std::string::npos);
    CHECK(facts.database_id == must(server.driver.facts(*server.as("ROOST"), server.target("ROOST"))).database_id);
    if (server.is_model()) CHECK(facts.database == "PAYROLL");
}

TEST_CASE("the root of all containers is refused, with the way out") {
    OracleServer server;
    if (!server.is_model()) {
        MESSAGE("not played: the root of a server is not ours to enter");
        return;
    }
    const Target root{.odbc = Secret(server.model("CDB$ROOT"))};
    const auto connection = test::open(server.driver, root);
    const auto facts = server.driver.facts(*connection, root);
    REQUIRE(!facts.has_value());
    CHECK(facts.error().kind == ErrorKind::refused);
    CHECK(facts.error().message.contains("CDB$ROOT"));
    CHECK(facts.error().advice.contains("pluggable database"));
}

TEST_CASE("an account that may not read the DBA_ views sees its own roles, says so, and takes nothing away") {
    OracleServer server;
    server.account("LIMITED", few_rights);
    server.account("OTHER", {"CREATE SESSION"});
    for (const char* role : {"OUTER_R", "INNER_R", "UNSEEN_R"}) server.role(role);
    for (const char* grant : {"INNER_R TO OUTER_R", "OUTER_R TO LIMITED", "OUTER_R TO OTHER", "UNSEEN_R TO OTHER"})
        run(*server.admin, fmt::format("GRANT {}", grant));
    const auto connection = server.as("LIMITED");
    const ServerFacts facts = must(server.driver.facts(*connection, server.target("LIMITED")));
    CHECK(facts.unseen.contains("SELECT_CATALOG_ROLE"));

    const RoleGraph graph = must(server.driver.graph(*connection, facts));
    CHECK(memberships(graph) == "INNER_R: OUTER_R\nOUTER_R: LIMITED by default\n");
    CHECK(graph.find("OTHER").has_value());
    CHECK(!graph.find("UNSEEN_R").has_value());

    Declared nobody;
    nobody.roles.emplace_back().name = "OUTER_R";
    nobody.roles.back().members.emplace();
    CHECK(revocations(diff(graph, nobody, rules_of(facts))) == 0);
    CHECK(revocations(diff(graph, nobody, MembershipRules(facts.membership_options))) == 1);
}

TEST_CASE("an account that may not read the DBA_ views can be asked for itself alone") {
    OracleServer server;
    server.account("LIMITED", few_rights);
    for (const char* role : {"OUTER_R", "INNER_R", "UNSEEN_R"}) server.role(role);
    run(*server.admin, "GRANT INNER_R TO OUTER_R");
    run(*server.admin, "GRANT OUTER_R TO LIMITED");
    const auto connection = server.as("LIMITED");
    const ServerFacts facts = must(server.driver.facts(*connection, server.target("LIMITED")));
    CHECK(must(server.driver.is_member(*connection, facts, "INNER_R", "LIMITED")));
    CHECK(!must(server.driver.is_member(*connection, facts, "UNSEEN_R", "LIMITED")));
    CHECK(server.driver.is_member(*connection, facts, "INNER_R", "OUTER_R").error().message.contains("cannot see"));
}

TEST_CASE("an account that cannot tell the database from its copies is told what to grant") {
    OracleServer server;
    server.account("LIMITED", {"CREATE SESSION"});
    const auto connection = server.as("LIMITED");
    const auto facts = server.driver.facts(*connection, server.target("LIMITED"));
    REQUIRE(!facts.has_value());
    CHECK(facts.error().advice.contains("GRANT SELECT ON sys.v_$database"));
}

TEST_CASE("names are exact: mixed case, 128 bytes, words of Oracle's own") {
    OracleServer server;
    server.owner();
    const auto connection = server.as("ROOST");
    const ServerFacts facts = must(server.driver.facts(*connection, server.target("ROOST")));
    const std::string longest = std::string(127, 'X') + "y";
    for (const std::string& name :
         {std::string("Payroll Readers"), std::string("TABLE"), std::string("o'brien"), longest}) {
        const Change changes[] = {CreateRole{name, "it's ours"}, Grant{name, "ROOST", {}}};
        for (const Statement& statement : server.driver.write(std::span(changes).first(1), facts))
            if (!statement.sql.contains("roost.role")) run(*connection, statement.sql);
        CHECK(must(server.driver.graph(*connection, facts)).find(name).has_value());
        run(*connection, fmt::format("GRANT {} TO SYSTEM", server.driver.names.quote(name)));
        CHECK(must(server.driver.is_member(*connection, facts, name, "SYSTEM")));
        run(*server.admin, "DROP ROLE " + server.driver.names.quote(name));
    }
}

TEST_CASE("settings that a territory brings along go back to what they were") {
    OracleServer server;
    server.owner();
    const auto connection = server.as("ROOST");
    run(*connection, "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD'");
    const SessionState before = must(server.driver.remember(*connection));
    run(*connection, "ALTER SESSION SET NLS_TERRITORY = 'GERMANY'");
    run(*connection, "ALTER SESSION SET NLS_LANGUAGE = 'GERMAN'");
    run(*connection, "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY-MM-DD'");  // the same, until the territory goes back
    run(*connection, "ALTER SESSION SET CURRENT_SCHEMA = SYSTEM");
    run(*connection, "SET ROLE NONE");
    must(server.driver.reset(*connection, before));
    CHECK(must(server.driver.remember(*connection)).settings == before.settings);
}

// A literal has 4,000 bytes at most.
TEST_CASE("the journal keeps steps of any length, among short ones") {
    OracleServer server;
    server.owner();
    const auto connection = server.as("ROOST");
    const Ledger ledger(server.driver, *connection, must(server.driver.facts(*connection, server.target("ROOST"))));
    must(ledger.create({"payroll", "dev", "1/2"}, "2026-11-22T01:33:08Z"));
    Run first;
    first.id = 1;
    first.event = "apply";
    first.started_at = "2026-11-22T01:33:08Z";
    must(ledger.start(first, false));
    const auto step = [](std::size_t bytes) {
        Step one;
        one.kind = "script";
        one.name = one.place = "a.sql";
        one.covers = std::string(bytes, 'x');
        one.started_at = "2026-11-22T01:33:08Z";
        return one;
    };
    const Step steps[] = {step(1), step(4000), step(4001), step(2), step(40'000)};
    must(ledger.record(1, 0, steps));
    const auto history = must(ledger.history(1));
    REQUIRE(history.size() == 1);
    std::string lengths;
    for (const Step& kept : history[0].steps) lengths += fmt::format("{} ", kept.covers.size());
    CHECK(lengths == "1 4000 4001 2 40000 ");
}

}  // namespace
}  // namespace roost
