#include "drivers/mariadb/parts.hpp"
#include "unit/drivers/mariadb_live.hpp"
#include "unit/drivers/options.hpp"

namespace roost {
namespace {

using test::as_admin;
using test::Mariadb;
using test::must;
using test::not_admin;
using test::rows;
using test::run;

bool in_graph(const RoleGraph& graph, const std::string& role, const std::string& member) {
    return graph.find(role) && graph.find(member) && graph.options_of(role, member).has_value();
}

TEST_CASE("MariaDB says who we are, and its database is told apart by server and name") {
    Mariadb server;
    const ServerFacts facts = server.facts();
    CHECK(facts.version.starts_with("1"));
    CHECK(facts.version.find_first_not_of("0123456789.") == std::string::npos);
    CHECK(facts.account + "\n" == rows(*server.connection, "SELECT CURRENT_USER()"));
    CHECK(facts.database == server.name("d"));
    CHECK(facts.schema == facts.database);
    CHECK(facts.database_id.ends_with("/" + facts.database));
    CHECK(!facts.clear_text);
    CHECK(facts.unseen.empty());
    CHECK(facts.one_default);
    CHECK(facts.sets_defaults);
    CHECK(facts.membership_options == (option::admin | option::default_role));
}

TEST_CASE("an account is called by its user where it comes from anywhere, and by its host where it does not") {
    Mariadb server;
    run(*server.connection, "CREATE ROLE " + server.quoted("r"));
    run(*server.connection, "CREATE ROLE " + server.quoted("twin"));
    for (const std::string_view user : {"alice", "twin", "o'd`d \"x\""})
        run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted(user)));
    run(*server.connection, fmt::format("CREATE USER {}@localhost", server.quoted("alice")));
    run(*server.connection, fmt::format("CREATE ROLE `{}@h`", server.name("odd")));
    run(*server.connection, fmt::format("CREATE USER `{}@h`@'%'", server.name("mail")));
    const RoleGraph graph = must(server.driver.graph(*server.connection, server.facts()));
    const auto kind = [&](const std::string& name) { return graph.principal(graph.find(name).value()).kind; };
    CHECK(kind(server.name("alice")) == PrincipalKind::user);
    CHECK(graph.find(server.name("alice") + "@%") == graph.find(server.name("alice")));
    CHECK(kind(server.name("alice") + "@localhost") == PrincipalKind::user);
    CHECK(kind(server.name("twin")) == PrincipalKind::role);
    CHECK(kind(server.name("twin") + "@%") == PrincipalKind::user);
    CHECK(graph.find(server.name("o'd`d \"x\"")).has_value());
    CHECK(graph.find(server.name("mail") + "@h@%").has_value());
    const auto odd = graph.find("`" + server.name("odd") + "@h`");
    REQUIRE(odd.has_value());
    CHECK(graph.principal(*odd).system);
    CHECK(graph.principal(graph.find("root@localhost").value()).system);
    CHECK(graph.principal(graph.find("root@localhost").value()).superuser);
    CHECK(graph.principal(graph.find("mariadb.sys@localhost").value()).system);
}

TEST_CASE("what is written to MariaDB is what is read back, and no more") {
    Mariadb server;
    const std::string r = server.name("r"), nested = server.name("nested"), ann = server.name("ann"),
                      bob = server.name("b`o'b") + "@localhost";
    run(*server.connection,
        fmt::format("CREATE USER {}@'%', {}@localhost", server.quoted("ann"), server.quoted("b`o'b")));
    server.apply({CreateRole{r, ""}, CreateRole{nested, ""}, Grant{r, ann, not_admin}, Grant{r, bob, as_admin},
                  Grant{r, nested, not_admin}});
    const auto read_members = [&] {
        return test::members(must(server.driver.graph(*server.connection, server.facts())), server.suffix());
    };
    // A role has the rights of its roles; an account only those of its default role.
    CHECK(read_members() == fmt::format("r: ann\nr: {} admin\nr: nested inherit set\n", bob));
    server.apply({AlterMembership{r, ann, "", as_admin}, AlterMembership{r, bob, "", not_admin}});
    CHECK(read_members() == fmt::format("r: ann admin\nr: {}\nr: nested inherit set\n", bob));
    server.apply({Revoke{r, ann, ""}, Revoke{r, bob, ""}, Revoke{r, nested, ""}});
    CHECK(read_members().empty());
}

TEST_CASE("the row that made the account of roost's the role's administrator is neither counted nor revoked") {
    Mariadb server;
    const std::string r = server.name("r");
    server.apply({CreateRole{r, ""}});
    const ServerFacts facts = server.facts();
    CHECK(!in_graph(must(server.driver.graph(*server.connection, facts)), r, facts.account));
    CHECK(!must(server.driver.is_member(*server.connection, facts, r, facts.account)));
    CHECK(rows(*server.connection, fmt::format("SELECT COUNT(*) FROM mysql.roles_mapping WHERE Role = '{}'", r)) ==
          "1\n");
    run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted("boss")));
    run(*server.connection,
        fmt::format("GRANT {} TO {}@'%' WITH ADMIN OPTION", server.quoted("r"), server.quoted("boss")));
    const RoleGraph graph = must(server.driver.graph(*server.connection, facts));
    CHECK(graph.options_of(r, server.name("boss")) == option::admin);
    CHECK(must(server.driver.is_member(*server.connection, facts, r, server.name("boss"))));
}

TEST_CASE("who has a role WITH ADMIN may grant it, by another role too, and SUPER alone may not") {
    Mariadb server;
    const std::string own = server.name("own");
    for (const std::string_view role : {"holders", "direct", "by_role", "member", "others"})
        run(*server.connection, "CREATE ROLE " + server.quoted(role));
    run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted("own")));
    run(*server.connection, fmt::format("GRANT ALL PRIVILEGES ON *.* TO {}@'%'", server.quoted("own")));
    server.apply({Grant{server.name("direct"), own, as_admin}, Grant{server.name("holders"), own, not_admin},
                  Grant{server.name("by_role"), server.name("holders"), as_admin},
                  Grant{server.name("member"), own, not_admin}});
    const auto may_grant = [&](const RoleGraph& graph, std::string_view role) {
        return graph.principal(graph.find(server.name(role)).value()).may_grant;
    };
    ServerFacts facts = server.facts();
    CHECK(may_grant(must(server.driver.graph(*server.connection, facts)), "others"));  // it made them
    facts.account = own;
    const RoleGraph graph = must(server.driver.graph(*server.connection, facts));
    CHECK(may_grant(graph, "direct"));
    CHECK(may_grant(graph, "by_role"));
    CHECK(!may_grant(graph, "holders"));
    CHECK(!may_grant(graph, "member"));
    CHECK(!may_grant(graph, "others"));
    CHECK(may_grant(graph, "own"));
}

TEST_CASE("a member of MariaDB's is effective by its default role, which a revoke leaves behind unless it is cleared") {
    Mariadb server;
    const std::string r = server.name("r"), ann = server.name("ann");
    run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted("ann")));
    const Options as_default{option::admin | option::default_role, option::default_role};
    server.apply({CreateRole{r, ""}, Grant{r, ann, as_default}});
    const auto options = [&] {
        return must(server.driver.graph(*server.connection, server.facts())).options_of(r, ann);
    };
    CHECK(options() == (option::inherit | option::set | option::default_role));
    const auto default_role = [&] {
        return rows(*server.connection, fmt::format("SELECT default_role FROM mysql.user WHERE User = '{}'", ann));
    };
    CHECK(default_role() == r + "\n");
    SUBCASE("cleared") {
        server.apply({AlterMembership{r, ann, "", {option::default_role, 0}}, Revoke{r, ann, ""}});
        CHECK(default_role() == "\n");
    }
    SUBCASE("a stale name is no membership") {
        server.apply({Revoke{r, ann, ""}});
        CHECK(default_role() == r + "\n");
    }
    CHECK(!options().has_value());
}

TEST_CASE("MariaDB says no about a role itself, finds nested members, and knows who does not exist") {
    Mariadb server;
    const ServerFacts facts = server.facts();
    const std::string a = server.name("a"), b = server.name("b"), ann = server.name("ann");
    run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted("ann")));
    run(*server.connection, fmt::format("CREATE USER {}@localhost", server.quoted("ann")));
    server.apply({CreateRole{a, ""}, CreateRole{b, ""}, Grant{a, b, not_admin}, Grant{b, ann, not_admin}});
    const auto asked = [&](const std::string& role, const std::string& principal) {
        return server.driver.is_member(*server.connection, facts, role, principal);
    };
    CHECK(must(asked(a, ann)));
    CHECK(must(asked(a, ann + "@%")));
    CHECK(!must(asked(a, ann + "@localhost")));
    CHECK(must(asked(a, b)));
    CHECK(!must(asked(a, a)));
    CHECK(!must(asked(b, a)));
    CHECK(asked(server.name("none"), ann).error().message.contains("does not exist"));
    CHECK(asked(a, server.name("none")).error().message.contains("does not exist"));
    CHECK(asked(ann, ann).error().message.contains("does not exist"));  // an account is no role
}

TEST_CASE("an account that cannot read mysql.* sees its own part, and says so") {
    Mariadb server;
    const std::string a = server.name("a"), b = server.name("b"), other = server.name("other"),
                      low = server.name("low");
    run(*server.connection, fmt::format("CREATE USER {}@'%', {}@'%'", server.quoted("low"), server.quoted("other")));
    run(*server.connection, fmt::format("GRANT SELECT ON {}.* TO {}@'%'", server.quoted("d"), server.quoted("low")));
    server.apply({CreateRole{a, ""}, CreateRole{b, ""}, Grant{a, b, not_admin}, Grant{b, low, not_admin},
                  Grant{a, other, not_admin}});
    run(*server.connection, fmt::format("GRANT SELECT ON roost.* TO {}@'%'", server.quoted("low")));
    const Target target = Mariadb::target(server.name("d"), low);
    const auto connection = test::open(server.driver, target);
    const ServerFacts facts = must(server.driver.facts(*connection, target));
    CHECK(facts.unseen.contains("denied"));
    CHECK(facts.account == low);
    CHECK(test::members(must(server.driver.graph(*connection, facts)), server.suffix()) ==
          "a: b inherit set\nb: low\n");
    CHECK(must(server.driver.is_member(*connection, facts, a, low)));
    CHECK(!server.driver.is_member(*connection, facts, a, other).has_value());
}

// It read no marks there at all, and took roles from other environments.
TEST_CASE("an account that may not read whose a role is sees no graph") {
    Mariadb server;
    run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted("low")));
    run(*server.connection, fmt::format("GRANT SELECT ON {}.* TO {}@'%'", server.quoted("d"), server.quoted("low")));
    const Target target = Mariadb::target(server.name("d"), server.name("low"));
    const auto connection = test::open(server.driver, target);
    const ServerFacts facts = must(server.driver.facts(*connection, target));
    const auto graph = server.driver.graph(*connection, facts);
    REQUIRE(!graph.has_value());
    CHECK(server.driver.diagnose(graph.error()).fault == Fault::denied);
}

// Any edge of the role was an answer: b -> a for b, though the account only administers a.
TEST_CASE("an account that cannot read mysql.* has no role by administering one that is in it") {
    Mariadb server;
    const std::string a = server.name("a"), b = server.name("b"), low = server.name("low");
    run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted("low")));
    run(*server.connection, fmt::format("GRANT SELECT ON {}.* TO {}@'%'", server.quoted("d"), server.quoted("low")));
    server.apply({CreateRole{a, ""}, CreateRole{b, ""}, Grant{a, low, as_admin}, Grant{b, a, not_admin}});
    const Target target = Mariadb::target(server.name("d"), low);
    const auto connection = test::open(server.driver, target);
    const ServerFacts facts = must(server.driver.facts(*connection, target));
    for (const std::string& role : {a, b}) CHECK(!must(server.driver.is_member(*connection, facts, role, low)));
    CHECK(!must(server.driver.is_member(*connection, facts, low, low)));
}

TEST_CASE("who may set default roles of others has UPDATE on mysql or everything, by a role if that is active") {
    Mariadb server;
    const std::string role = server.quoted("r");
    run(*server.connection, "CREATE ROLE " + role);
    run(*server.connection, fmt::format("GRANT UPDATE ON mysql.* TO {}", role));
    struct Case {
        std::string_view granted;  // {0}: the account, {1}: the role
        bool sets;
    };
    const Case cases[] = {{"GRANT SELECT, UPDATE, INSERT ON mysql.* TO {0}", true},
                          {"GRANT ALL PRIVILEGES ON mysql.* TO {0}", true},
                          {"GRANT UPDATE ON *.* TO {0}", true},
                          {"GRANT ALL PRIVILEGES ON *.* TO {0}", true},
                          {"GRANT {1} TO {0}; SET DEFAULT ROLE {1} FOR {0}", true},
                          {"GRANT {1} TO {0}", false},
                          {"GRANT SELECT ON mysql.* TO {0}", false},
                          {"GRANT UPDATE ON mysql.global_priv TO {0}; GRANT UPDATE ON mysql.user TO {0}", false},
                          {"GRANT CREATE USER ON *.* TO {0}", false}};
    int number = 0;
    for (const Case& test : cases) {
        INFO(test.granted);
        const std::string user = fmt::format("u{}", ++number), account = server.quoted(user) + "@'%'";
        run(*server.connection, "CREATE USER " + account);
        run(*server.connection, fmt::format("GRANT SELECT ON {}.* TO {}", server.quoted("d"), account));
        std::string_view left = test.granted;
        while (!left.empty()) {
            const std::string_view one = left.substr(0, left.find("; "));
            run(*server.connection, fmt::format(fmt::runtime(one), account, role));
            left.remove_prefix(std::min(left.size(), one.size() + 2));
        }
        const Target target = Mariadb::target(server.name("d"), server.name(user));
        const auto connection = test::open(server.driver, target);
        CHECK(must(server.driver.facts(*connection, target)).sets_defaults == test.sets);
    }
}

TEST_CASE("a table is there or not, and where rights are missing nobody can tell, and it is an error") {
    Mariadb server;
    run(*server.connection, fmt::format("CREATE USER {}@'%'", server.quoted("low")));
    run(*server.connection, "CREATE TABLE `a@b` (x INT)");
    CHECK(must(server.driver.find_table(*server.connection, "", "a@b")));
    CHECK(must(server.driver.find_table(*server.connection, server.name("d"), "a@b")));
    CHECK(!must(server.driver.find_table(*server.connection, "", "nothing")));
    CHECK(!must(server.driver.find_table(*server.connection, server.name("none"), "nothing")));
    const auto low = test::open(server.driver, Mariadb::target("information_schema", server.name("low")));
    const auto asked = server.driver.find_table(*low, server.name("d"), "a@b");
    REQUIRE(!asked.has_value());
    CHECK(server.driver.diagnose(asked.error()).fault == Fault::denied);
}

// One that is not there was made by GRANT, without a password, where sql_mode has no NO_AUTO_CREATE_USER.
TEST_CASE("a grant to an account that does not exist makes none, whatever the server's sql_mode is") {
    Mariadb server;
    server.apply({CreateRole{server.name("r"), ""}});
    const auto connection = test::open(
        server.driver, Mariadb::target(server.name("d"), {}, "&sessionVariables=sql_mode%3D%27ANSI_QUOTES%27"));
    CHECK(rows(*connection, "SELECT @@sql_mode") == "ANSI_QUOTES,NO_AUTO_CREATE_USER\n");
    const auto granted =
        connection->execute(fmt::format("GRANT {} TO {}", server.quoted("r"), server.quoted("nobody")));
    REQUIRE(!granted.has_value());
    CHECK(server.driver.diagnose(granted.error()).fault == Fault::missing);
}

TEST_CASE("texts arrive as they are in every sql_mode") {
    Mariadb server;
    run(*server.connection, "CREATE TABLE t (x TEXT CHARACTER SET utf8mb4)");
    const std::string odd = "it's \\' \"x\" `y` \n 日本🦅 ?";
    for (const std::string_view mode : {"", "NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"}) {
        run(*server.connection, fmt::format("SET SESSION sql_mode = '{}'", mode));
        run(*server.connection, "DELETE FROM t");
        run(*server.connection, fmt::format("INSERT INTO t VALUES ({})", server.driver.names.literal(odd)));
        CHECK(rows(*server.connection, "SELECT x FROM t") == odd + "\n");
    }
}

TEST_CASE("errors of MariaDB's own are understood") {
    Mariadb server;
    server.apply({CreateRole{server.name("r"), ""}, CreateRole{server.name("s"), ""}});
    const auto fault = [&](const std::string& sql) {
        const auto done = server.connection->execute(sql);
        REQUIRE(!done.has_value());
        return server.driver.diagnose(done.error()).fault;
    };
    const std::string r = server.quoted("r"), s = server.quoted("s"), none = server.quoted("none");
    CHECK(fault("CREATE ROLE " + r) == Fault::exists);
    CHECK(fault("DROP ROLE " + none) == Fault::missing);
    CHECK(fault(fmt::format("GRANT {} TO {}", none, r)) == Fault::missing);
    CHECK(fault(fmt::format("GRANT {} TO {}", r, none)) == Fault::missing);
    CHECK(fault(fmt::format("GRANT {0} TO {0}", r)) == Fault::circular);
    CHECK(fault(fmt::format("REVOKE {} FROM {}", r, s)) == Fault::not_a_member);
    CHECK(fault("SELEC") == Fault::syntax);
    CHECK(fault("SELECT 1 FROM " + none) == Fault::missing);
}

}  // namespace
}  // namespace roost
