#include "unit/drivers/live.hpp"
#include "unit/drivers/options.hpp"

namespace roost {
namespace {

using test::as_admin;
using test::must;
using test::not_admin;
using test::Postgresql;
using test::rows;
using test::run;

TEST_CASE("PostgreSQL's facts say who we are and where") {
    Postgresql server;
    const ServerFacts facts = server.facts();
    CHECK(facts.account == "postgres");
    CHECK(facts.own_roles == std::vector<std::string>{"postgres"});
    CHECK(facts.database == "postgres");
    CHECK(facts.schema == "public");
    CHECK(facts.version.find_first_not_of("0123456789.") == std::string::npos);
    CHECK(!facts.clear_text);
    CHECK(facts.membership_options ==
          (std::stoi(facts.version) < 16 ? option::admin : option::admin | option::inherit | option::set));
}

TEST_CASE("a copy of a PostgreSQL database has another id, and every account sees the same one") {
    Postgresql server;
    run(*server.connection, "CREATE ROLE " + server.quoted("plain") + " LOGIN");
    run(*server.connection, "CREATE DATABASE " + server.quoted("one"));
    run(*server.connection, fmt::format("CREATE DATABASE {} TEMPLATE {}", server.quoted("two"), server.quoted("one")));
    const auto id = [&](const std::string& database, const std::string& user = "postgres") {
        const Target target = Postgresql::target(database, user);
        return must(server.driver.facts(*test::open(server.driver, target), target)).database_id;
    };
    CHECK(id(server.name("one")) != id(server.name("two")));
    CHECK(id(server.name("one")) == id(server.name("one"), server.name("plain")));
}

TEST_CASE("PostgreSQL's graph is what the catalogue says, in two round trips") {
    Postgresql server;
    const bool options = server.facts().membership_options & option::set;
    run(*server.connection,
        fmt::format("CREATE ROLE {0}; COMMENT ON ROLE {0} IS 'it''s\nroost: p/e/d'; CREATE ROLE {1} LOGIN; CREATE ROLE "
                    "{2} LOGIN NOINHERIT;"
                    "CREATE ROLE {3} LOGIN SUPERUSER; GRANT {0} TO {1} WITH ADMIN OPTION; GRANT {0} TO {2}",
                    server.quoted("r"), server.quoted("a"), server.quoted("b"), server.quoted("root")));
    if (options)
        run(*server.connection, fmt::format("GRANT {0} TO {1} WITH INHERIT FALSE; CREATE ROLE {2}; GRANT {0} TO {2} "
                                            "WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
                                            server.quoted("r"), server.quoted("root"), server.quoted("administers")));
    const auto before = server.connection->round_trips();
    const RoleGraph graph = must(server.driver.graph(*server.connection, {}));
    CHECK(server.connection->round_trips() - before == 2);

    const Principal& role = graph.principal(graph.find(server.name("r")).value());
    CHECK(role.comment == "it's\nroost: p/e/d");
    CHECK(role.kind == PrincipalKind::role);
    CHECK(!role.system);
    CHECK(graph.principal(graph.find(server.name("a")).value()).kind == PrincipalKind::user);
    CHECK(graph.principal(graph.find(server.name("root")).value()).superuser);
    CHECK(graph.principal(graph.find("pg_monitor").value()).system);
    CHECK(graph.principal(graph.find("postgres").value()).system);
    // From 16 on a row keeps what the member's INHERIT was when it was made.
    CHECK(test::members(graph, server.suffix()) ==
          (options ? "r: a admin inherit set\nr: b set\nr: root set\n" : "r: a admin inherit set\nr: b set\n"));
    for (const Membership& edge : graph.members_of(graph.find(server.name("r")).value()))
        CHECK(graph.name(edge.grantor) == "postgres");
}

TEST_CASE("what PostgreSQL's writer writes makes the changes that were asked for, whatever the names") {
    Postgresql server;
    const std::string longest = std::string(63 - server.suffix().size(), 'x');
    const std::vector<std::string> users = {"ann@example.org", "b\"; DROP ROLE postgres", "Ümläut ?", longest};
    for (const std::string& user : users) run(*server.connection, "CREATE ROLE " + server.quoted(user) + " LOGIN");
    const std::string role = server.name("Guinea 'pigs' \\ ?");
    std::vector<Change> changes = {CreateRole{role, "a ? \\ 'b' {c}\nroost: p/e/d"}};
    for (const std::string& user : users) changes.push_back(Grant{role, server.name(user), not_admin});
    server.apply(changes);

    RoleGraph graph = must(server.driver.graph(*server.connection, {}));
    const auto id = graph.find(role);
    REQUIRE(id);
    CHECK(graph.principal(*id).comment == "a ? \\ 'b' {c}\nroost: p/e/d");
    CHECK(graph.members_of(*id).size() == users.size());

    server.apply({MarkRole{role, "other"}, AlterMembership{role, server.name(users[0]), "postgres", as_admin},
                  Revoke{role, server.name(users[1]), "postgres"}, Revoke{role, server.name(users[2]), "postgres"}});
    graph = must(server.driver.graph(*server.connection, {}));
    CHECK(graph.principal(graph.find(role).value()).comment == "other");
    REQUIRE(graph.members_of(graph.find(role).value()).size() == 2);
    CHECK(must(server.driver.is_member(*server.connection, {}, role, server.name(longest))));

    server.apply({AlterMembership{role, server.name(users[0]), "postgres", not_admin}});
    graph = must(server.driver.graph(*server.connection, {}));
    for (const Membership& edge : graph.members_of(graph.find(role).value())) CHECK(!(edge.options & option::admin));
}

TEST_CASE(
    "a grant turns a row that only administers into a membership on PostgreSQL 16, and options are altered in place") {
    Postgresql server;
    if (!(server.facts().membership_options & option::set)) {
        MESSAGE("not on this server: PostgreSQL 15 has no such rows");
        return;
    }
    run(*server.connection,
        fmt::format("CREATE ROLE {0}; CREATE ROLE {1}; GRANT {0} TO {1} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
                    server.quoted("r"), server.quoted("a")));
    const auto now = [&] { return test::members(must(server.driver.graph(*server.connection, {})), server.suffix()); };
    CHECK(now().empty());
    server.apply({Grant{server.name("r"), server.name("a"), not_admin}});
    CHECK(now() == "r: a set\n");
    const std::uint32_t all = option::admin | option::inherit | option::set;
    server.apply(
        {AlterMembership{server.name("r"), server.name("a"), "postgres", {all, option::admin | option::inherit}}});
    CHECK(now() == "r: a admin inherit\n");
    server.apply({AlterMembership{server.name("r"), server.name("a"), "postgres", {all, option::set}}});
    CHECK(now() == "r: a set\n");
}

TEST_CASE("PostgreSQL says yes to members alone: no superuser, no role about itself, no unknown name") {
    Postgresql server;
    run(*server.connection,
        fmt::format("CREATE ROLE {0}; CREATE ROLE {1}; CREATE ROLE {2} LOGIN; CREATE ROLE {3} LOGIN; GRANT {0} TO {1}; "
                    "GRANT {1} TO {2}",
                    server.quoted("r"), server.quoted("hr"), server.quoted("ann"), server.quoted("bob")));
    const auto asked = [&](const std::string& role, const std::string& principal) {
        return server.driver.is_member(*server.connection, {}, role, principal);
    };
    CHECK(must(asked(server.name("r"), server.name("hr"))));
    CHECK(must(asked(server.name("r"), server.name("ann"))));
    CHECK(!must(asked(server.name("r"), server.name("bob"))));
    CHECK(!must(asked(server.name("hr"), server.name("r"))));
    CHECK(!must(asked(server.name("r"), "postgres")));
    CHECK(!must(asked(server.name("r"), server.name("r"))));
    CHECK(asked(server.name("R"), server.name("ann")).error().sqlstate == "42704");
    CHECK(asked(server.name("r"), "'; SELECT 1").error().sqlstate == "42704");
}

TEST_CASE("PostgreSQL's ledger and history tables are found where they are, and only there") {
    Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("pay"));
    const auto connection = test::open(server.driver, Postgresql::target(server.name("pay")));
    CHECK(!must(server.driver.find_table(*connection, "roost", "ledger")));
    run(*connection, server.driver.ledger_ddl);
    run(*connection, server.driver.ledger_ddl);
    for (const std::string_view table : {"ledger", "run", "step", "hold"})
        CHECK(must(server.driver.find_table(*connection, "roost", table)));
    CHECK(!must(server.driver.find_table(*connection, "", "ledger")));
    CHECK(!must(server.driver.find_table(*connection, "roost", "Ledger")));

    run(*connection,
        "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50), description "
        "varchar(200), type varchar(20),"
        "script varchar(1000), checksum int, installed_by varchar(100), installed_on timestamp DEFAULT now(), "
        "execution_time int, success boolean);"
        "INSERT INTO flyway_schema_history VALUES (2, NULL, 'd', 'SQL', 's', NULL, 'me', '2026-01-02 03:04:05.678', 1, "
        "false), (1, '1', 'd', 'SQL', 's', -5, 'me', '2026-01-02 03:04:05', 1, true)");
    CHECK(must(server.driver.find_table(*connection, "", "flyway_schema_history")));
    std::string query(server.driver.history_query);
    query.replace(query.find("{table}"), 7, "\"public\".\"flyway_schema_history\"");
    CHECK(rows(*connection, query) ==
          "1|1|d|SQL|s|-5|me|2026-01-02T03:04:05.000|1\n2||d|SQL|s||me|2026-01-02T03:04:05.678|0\n");
}

TEST_CASE("the rights that PostgreSQL's grants give are all that roost needs") {
    Postgresql server;
    const bool options = server.facts().membership_options & option::set;
    const std::string runner = server.name("runner"), database = server.name("pay");
    run(*server.connection, "CREATE DATABASE " + server.quoted("pay"));
    run(*server.connection,
        fmt::format("CREATE ROLE {}; CREATE ROLE {} LOGIN", server.quoted("others"), server.quoted("ann")));
    const auto owner = test::open(server.driver, Postgresql::target(database));
    run(*owner, "CREATE TABLE public.flyway_schema_history (installed_rank int)");
    std::string grants(server.driver.grants);
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"roost_runner", runner}, {"payroll", database}})
        for (auto at = grants.find(from); at != std::string::npos; at = grants.find(from, at + to.size()))
            grants.replace(at, from.size(), to);
    run(*owner, grants);
    if (options)
        run(*owner,
            fmt::format("GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE", server.quoted("others"), runner));

    const Target target = Postgresql::target(database, runner);
    const auto connection = test::open(server.driver, target);
    const ServerFacts facts = must(server.driver.facts(*connection, target));
    CHECK(facts.account == runner);
    run(*connection, server.driver.ledger_ddl);
    CHECK(rows(*connection, "SELECT count(*) FROM public.flyway_schema_history") == "0\n");
    for (const std::string& role : {server.name("new"), server.name("others")}) {
        std::vector<Change> changes = {MarkRole{role, "mark"}, Grant{role, server.name("ann"), not_admin},
                                       Revoke{role, server.name("ann"), runner}};
        if (role == server.name("new")) changes.insert(changes.begin(), CreateRole{role, "c"});
        for (const Statement& statement : server.driver.write(changes, facts)) run(*connection, statement.sql);
    }
    CHECK(must(server.driver.lock(target, {}, server.driver.connect)) != nullptr);
    CHECK(test::members(must(server.driver.graph(*connection, {})), server.suffix()).empty());
}

TEST_CASE("which roles an account may grant and comment on is what PostgreSQL then lets it do") {
    Postgresql server;
    run(*server.connection,
        fmt::format(
            "CREATE ROLE {0}; CREATE ROLE {1} CREATEROLE; CREATE ROLE {2} CREATEROLE NOINHERIT; CREATE ROLE {3};"
            "CREATE ROLE {4} SUPERUSER; CREATE ROLE {5}; CREATE ROLE {6}; CREATE ROLE {7};"
            "GRANT {6} TO {0}, {1}, {2} WITH ADMIN OPTION; GRANT {7} TO {3} WITH ADMIN OPTION;"
            "GRANT {3} TO {0}, {1}, {2}",
            server.quoted("plain"), server.quoted("maker"), server.quoted("apart"), server.quoted("holders"),
            server.quoted("root"), server.quoted("others"), server.quoted("direct"), server.quoted("by_role")));
    const auto allowed = [&](const std::string& sql) {
        must(server.connection->begin());
        const bool done = server.connection->execute(sql).has_value();
        must(server.connection->rollback());
        return done;
    };
    for (const std::string_view account : {"plain", "maker", "apart", "root"}) {
        run(*server.connection, "SET ROLE " + server.quoted(account));
        const RoleGraph graph = must(server.driver.graph(*server.connection, {}));
        for (const std::string_view role : {"holders", "root", "others", "direct", "by_role"}) {
            INFO(account << " " << role);
            const Principal& found = graph.principal(graph.find(server.name(role)).value());
            if (role != account)
                CHECK(found.may_grant == allowed(fmt::format("GRANT {} TO pg_monitor", server.quoted(role))));
            const bool comments = allowed(fmt::format("COMMENT ON ROLE {} IS 'x'", server.quoted(role)));
            // By ADMIN that takes SET ROLE the account may comment, and not grant: so it need not.
            CHECK((found.may_comment == comments || (account == "apart" && role == "by_role" && comments)));
        }
        run(*server.connection, "RESET ROLE");
    }
}

TEST_CASE("what PostgreSQL answers is diagnosed as what it is") {
    Postgresql server;
    run(*server.connection,
        fmt::format("CREATE ROLE {}; CREATE ROLE {} LOGIN", server.quoted("r"), server.quoted("plain")));
    const auto fault = [&](Connection& connection, const std::string& sql) {
        const auto done = connection.execute(sql);
        REQUIRE(!done.has_value());
        return server.driver.diagnose(done.error()).fault;
    };
    const std::string role = server.quoted("r");
    CHECK(fault(*server.connection, "CREATE ROLE " + role) == Fault::exists);
    CHECK(fault(*server.connection, "GRANT " + role + " TO no_such_role_at_all") == Fault::missing);
    CHECK(fault(*server.connection, "GRANT " + role + " TO " + role) == Fault::circular);
    CHECK(fault(*server.connection, "CREATE ROLE pg_x") == Fault::denied);
    CHECK(fault(*server.connection, "GRANTT") == Fault::syntax);
    CHECK(fault(*server.connection, "SET statement_timeout = 20; SELECT pg_sleep(5)") == Fault::cancelled);
    must(server.connection->begin());
    run(*server.connection, "SELECT 1");  // psqlodbc begins no transaction for a VACUUM that comes first
    CHECK(fault(*server.connection, "VACUUM") == Fault::needs_no_transaction);
    must(server.connection->rollback());
    const auto plain = test::open(server.driver, Postgresql::target("", server.name("plain")));
    CHECK(fault(*plain, "CREATE ROLE x") == Fault::denied);
    const auto nobody = server.driver.connect(Postgresql::target("", server.name("nobody")));
    REQUIRE(!nobody.has_value());
    CHECK(server.driver.diagnose(nobody.error()).fault == Fault::login);
    CHECK(!server.driver.diagnose(nobody.error()).retry);
    CHECK(server.driver.diagnose(server.driver.connect(Postgresql::target(server.name("none"))).error()).fault ==
          Fault::missing);
    const auto refused = server.driver.connect({.url = Secret("jdbc:postgresql://127.0.0.1:1/d?user=postgres")});
    CHECK(server.driver.diagnose(refused.error()).fault == Fault::unreachable);
}

}  // namespace
}  // namespace roost
