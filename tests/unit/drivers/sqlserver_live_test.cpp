// Against the server that ROOST_TEST_SQLSERVER names (an ODBC connection string, as an administrator), or else the
// model.
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "db/holdings.hpp"
#include "drivers/sqlserver/parts.hpp"
#include "odbc/connect.hpp"
#include "unit/drivers/live.hpp"

namespace roost {
namespace {

using test::must;
using test::rows;
using test::run;

// A database of its own on the server, dropped on leaving, and roost's connection to it.
class SqlServer {
public:
    SqlServer() : driver(*driver_named("sqlserver")) {
        if (const char* given = std::getenv("ROOST_TEST_SQLSERVER")) {
            address_ = given;
        } else {
            folder_.emplace();
            address_ = fmt::format("Driver={};Dialect=sqlserver;Server={};Uid=sa;Pwd=x;Encryption=require",
                                   ROOST_MODEL_DRIVER, folder_->path().string());
        }
        run(*open_at("master"), fmt::format("CREATE DATABASE [{}]", database));
        connection = test::open(driver, target());
    }
    SqlServer(const SqlServer&) = delete;
    SqlServer& operator=(const SqlServer&) = delete;
    ~SqlServer() {
        connection.reset();
        for (const std::string& login : logins_)
            static_cast<void>(master()->execute(fmt::format("DROP LOGIN [{}]", login)));
        if (auto done = master()->execute(fmt::format("DROP DATABASE [{}]", database)); !done)
            MESSAGE("left behind: ", to_string(done.error()));
    }

    bool is_model() const { return folder_.has_value(); }
    Target target(const std::string& login = {}) const {
        auto parts = must(attributes(address_));
        set(parts, "Database", database);
        if (!login.empty()) {
            set(parts, "UID", login);
            set(parts, "PWD", std::string(password));
        }
        return {.odbc = Secret(sqlserver::connection_string(parts))};
    }
    // A user with a login; roost's connection as that one.
    std::unique_ptr<Connection> connect_as(const std::string& user) {
        const std::string login = fmt::format("{}_{}", database, user);
        run(*connection, fmt::format("CREATE LOGIN [{}] WITH PASSWORD = N'{}'", login, password));
        run(*connection, fmt::format("CREATE USER [{}] FOR LOGIN [{}]", user, login));
        logins_.push_back(login);
        return test::open(driver, target(login));
    }
    std::string login_of(const std::string& user) const { return fmt::format("{}_{}", database, user); }
    ServerFacts facts() { return must(driver.facts(*connection, target())); }
    RoleGraph graph() { return must(driver.graph(*connection, facts())); }
    void apply(const std::vector<Change>& changes) {
        for (const Statement& statement : driver.write(changes, facts())) run(*connection, statement.sql);
    }
    // The ledger's tables, batch by batch.
    void make_ledger() {
        const auto source = substitute("ledger.sql", std::string(driver.ledger_ddl), {});
        Splitter splitter(*source, driver.info.split);
        while (const auto slice = splitter.next()) run(*connection, sent(*source, must(*slice)));
    }
    bool is_member(std::string_view role, std::string_view who) {
        return must(driver.is_member(*connection, facts(), role, who));
    }

    static constexpr std::string_view password = "Roost-test-1!";
    const Driver& driver;
    const std::string database = fmt::format("roost_test_unit_{}", ::getpid());
    std::unique_ptr<Connection> connection;

private:
    std::unique_ptr<Connection> open_at(const std::string& name) const {
        auto parts = must(attributes(address_));
        set(parts, "Database", name);
        return must(odbc::connect({.connection_string = Secret(sqlserver::connection_string(parts))}));
    }
    std::unique_ptr<Connection> master() const { return open_at("master"); }

    std::string address_;
    std::optional<test::Folder> folder_;  // of the model
    std::vector<std::string> logins_;
};

std::string memberships_of(const RoleGraph& graph) {
    std::string text;
    for (const Membership& edge : graph.memberships())
        text += fmt::format("{}: {}\n", graph.name(edge.role), graph.name(edge.member));
    return text;
}

TEST_CASE("SQL Server says what it is, and which database this is") {
    SqlServer server;
    const ServerFacts facts = server.facts();
    CHECK(facts.account == "dbo");
    CHECK(facts.database == server.database);
    CHECK(facts.schema == "dbo");
    CHECK(!facts.version.empty());
    CHECK(facts.database_id.find('/') != std::string::npos);
    CHECK(!facts.database_id.ends_with('/'));
    CHECK(facts.membership_options == 0);
    CHECK(facts.unseen.empty());
}

TEST_CASE("a connection to SQL Server is in clear text unless TLS was required, or it stays on this machine") {
    SqlServer server;
    const auto clear_text = [&](std::string_view odbc) {
        return must(server.driver.facts(*server.connection, {.odbc = Secret(std::string(odbc))})).clear_text;
    };
    CHECK(!clear_text("Driver={FreeTDS};Server=db.example;Encryption=require"));
    CHECK(clear_text("Driver={FreeTDS};Server=db.example;Encryption=request"));
    CHECK(clear_text("Driver={FreeTDS};Server=db.example"));
    CHECK(clear_text("Driver={ODBC Driver 17 for SQL Server};Server=db.example"));
    CHECK(!clear_text("Driver={ODBC Driver 18 for SQL Server};Server=db.example"));
    // The model says that the connection comes from its own machine; a server elsewhere, behind a tunnel, would not.
    if (server.is_model()) CHECK(!clear_text("Driver={FreeTDS};Server=127.0.0.1"));
}

TEST_CASE("SQL Server's graph has users, roles and their direct memberships, and no dbo in db_owner") {
    SqlServer server;
    run(*server.connection, "CREATE ROLE [hr]; CREATE ROLE [na]]me]; CREATE USER [ann] WITHOUT LOGIN;");
    run(*server.connection, "CREATE USER [日本] WITHOUT LOGIN; ALTER ROLE [hr] ADD MEMBER [ann];");
    run(*server.connection, "ALTER ROLE [na]]me] ADD MEMBER [hr]; ALTER ROLE [hr] ADD MEMBER [日本];");
    const RoleGraph graph = server.graph();
    CHECK(memberships_of(graph) == "hr: ann\nhr: 日本\nna]me: hr\n");
    CHECK(graph.principal(*graph.find("hr")).kind == PrincipalKind::role);
    CHECK(!graph.principal(*graph.find("hr")).system);
    CHECK(graph.principal(*graph.find("ann")).kind == PrincipalKind::user);
    CHECK(graph.principal(*graph.find("dbo")).superuser);
    for (const auto name : {"dbo", "guest", "sys", "INFORMATION_SCHEMA", "db_owner", "db_datareader"})
        CHECK_MESSAGE(graph.principal(*graph.find(name)).system, name);
    CHECK(!graph.find("public").has_value());
}

TEST_CASE("a mark is kept for its role, and counts for nothing once another has that name") {
    SqlServer server;
    server.make_ledger();
    server.make_ledger();  // what is there is left alone
    server.apply({CreateRole{"hr", "roost: p/e/d"}, CreateRole{"it's", "first"}});
    server.apply({MarkRole{"it's", "second\nline"}});
    RoleGraph graph = server.graph();
    CHECK(graph.principal(*graph.find("hr")).comment == "roost: p/e/d");
    CHECK(graph.principal(*graph.find("it's")).comment == "second\nline");
    run(*server.connection, "DROP ROLE [hr]; CREATE ROLE [hr]");
    graph = server.graph();
    CHECK(graph.principal(*graph.find("hr")).comment.empty());
    server.apply({MarkRole{"hr", "anew"}});
    CHECK(server.graph().principal(*server.graph().find("hr")).comment == "anew");
    run(*server.connection, "ALTER ROLE [hr] WITH NAME = [staff]");
    CHECK(server.graph().principal(*server.graph().find("staff")).comment.empty());
}

TEST_CASE("on SQL Server membership is nested, and nobody has a role by being who he is") {
    SqlServer server;
    run(*server.connection, "CREATE ROLE [outer_role]; CREATE ROLE [inner_role]; CREATE USER [ann] WITHOUT LOGIN;");
    run(*server.connection, "CREATE USER [root] WITHOUT LOGIN; ALTER ROLE [db_owner] ADD MEMBER [root];");
    run(*server.connection,
        "ALTER ROLE [outer_role] ADD MEMBER [inner_role]; ALTER ROLE [inner_role] ADD MEMBER [ann];");
    CHECK(server.is_member("outer_role", "ann"));
    CHECK(server.is_member("outer_role", "inner_role"));
    CHECK(!server.is_member("inner_role", "outer_role"));
    CHECK(!server.is_member("outer_role", "outer_role"));
    CHECK(!server.is_member("outer_role", "dbo"));
    CHECK(!server.is_member("db_owner", "dbo"));
    CHECK(!server.is_member("outer_role", "root"));
    for (const auto& [role, who] : {std::pair{"nix", "ann"}, {"outer_role", "nix"}, {"ann", "root"}}) {
        const auto asked = server.driver.is_member(*server.connection, server.facts(), role, who);
        REQUIRE(!asked.has_value());
        CHECK(asked.error().message.contains("does not exist"));
    }
}

TEST_CASE("changes that are so already are harmless") {
    SqlServer server;
    run(*server.connection, "CREATE USER [ann] WITHOUT LOGIN;");
    server.apply({CreateRole{"hr", ""}, Grant{"hr", "ann", {}}, Grant{"hr", "ann", {}}});
    CHECK(memberships_of(server.graph()) == "hr: ann\n");
    server.apply({Revoke{"hr", "ann", ""}, Revoke{"hr", "ann", ""}});
    CHECK(memberships_of(server.graph()).empty());
    const auto again =
        server.connection->execute(server.driver.write(std::vector<Change>{CreateRole{"hr", ""}}, {})[0].sql);
    REQUIRE(!again.has_value());
    CHECK(server.driver.diagnose(again.error()).fault == Fault::exists);
}

TEST_CASE("an account without VIEW DEFINITION sees a part, and is told so") {
    SqlServer server;
    run(*server.connection, "CREATE ROLE [hr];");
    const auto limited = server.connect_as("limited");
    const ServerFacts facts = must(server.driver.facts(*limited, server.target(server.login_of("limited"))));
    CHECK(facts.account == "limited");
    CHECK(facts.unseen.contains("GRANT VIEW DEFINITION TO [limited]"));
    const auto asked = server.driver.is_member(*limited, facts, "hr", "limited");
    REQUIRE(!asked.has_value());
    CHECK(asked.error().message.contains("may not see it"));
    run(*server.connection, "GRANT VIEW DEFINITION TO [limited]");
    CHECK(must(server.driver.facts(*limited, server.target(server.login_of("limited")))).unseen.empty());
}

TEST_CASE("what a script does to its session is put back") {
    SqlServer server;
    run(*server.connection, "CREATE USER [ann] WITHOUT LOGIN;");
    must(server.connection->begin());
    const SessionState before = must(server.driver.remember(*server.connection));
    CHECK(!before.transaction.empty());
    for (const auto& script : {"SET XACT_ABORT OFF; SET ANSI_NULLS OFF; SET ROWCOUNT 1; SET LOCK_TIMEOUT 5;",
                               "SET LANGUAGE Deutsch; SET DATEFIRST 3; SET NOCOUNT OFF", "EXECUTE AS USER = N'ann'",
                               "CREATE TABLE #left (a int)", "SET IMPLICIT_TRANSACTIONS ON"}) {
        INFO(script);
        run(*server.connection, script);
        must(server.driver.reset(*server.connection, before));
    }
    run(*server.connection, "CREATE TABLE #left (a int)");  // the name is free again
    CHECK(must(server.driver.remember(*server.connection)).settings == before.settings);
    must(server.connection->rollback());
}

// DATEFORMAT is in none of @@OPTIONS, and the next script read 01.02. as another day.
TEST_CASE("how a script reads dates is put back with its language, and so is its priority in deadlocks") {
    SqlServer server;
    constexpr std::string_view asked =
        "SELECT s.language, s.date_format, s.date_first, s.deadlock_priority FROM sys.dm_exec_sessions s "
        "WHERE s.session_id = @@SPID";
    const std::string usual = rows(*server.connection, asked);
    const SessionState before = must(server.driver.remember(*server.connection));
    for (const auto& script : {"SET DATEFORMAT ydm", "SET LANGUAGE Deutsch", "SET LANGUAGE Deutsch; SET DATEFORMAT ydm",
                               "SET DATEFIRST 3; SET DATEFORMAT ydm", "SET DEADLOCK_PRIORITY HIGH"}) {
        INFO(script);
        run(*server.connection, script);
        CHECK(rows(*server.connection, asked) != usual);
        must(server.driver.reset(*server.connection, before));
        CHECK(rows(*server.connection, asked) == usual);
    }
}

TEST_CASE("a script that ends the run's transaction, or leaves one open, is found out") {
    SqlServer server;
    const auto after = [&](std::string_view script) {
        must(server.connection->begin());
        const SessionState before = must(server.driver.remember(*server.connection));
        run(*server.connection, script);
        const auto done = server.driver.reset(*server.connection, before);
        static_cast<void>(server.connection->rollback());
        return done ? std::string() : done.error().message;
    };
    CHECK(after("SELECT 1") == "");
    CHECK(after("COMMIT TRANSACTION").contains("ended or replaced"));
    CHECK(after("ROLLBACK TRANSACTION; BEGIN TRANSACTION").contains("ended or replaced"));
    CHECK(after("COMMIT TRANSACTION; BEGIN TRANSACTION").contains("ended or replaced"));
    CHECK(after("BEGIN TRANSACTION").contains("inside the run's"));
    CHECK(after("BEGIN TRANSACTION; COMMIT TRANSACTION") == "");

    const SessionState outside = must(server.driver.remember(*server.connection));
    run(*server.connection, "BEGIN TRANSACTION; CREATE ROLE [lost]");
    const auto done = server.driver.reset(*server.connection, outside);
    REQUIRE(!done.has_value());
    CHECK(done.error().message.contains("left it open"));
    CHECK(rows(*server.connection, "SELECT @@TRANCOUNT") == "0\n");
}

// It held no mark, so that another transaction in its place looked the same.
TEST_CASE("a transaction that cannot be marked as the run's is refused") {
    SqlServer server;
    const auto other = test::open(server.driver, server.target());
    run(*other,
        "EXEC sp_getapplock @Resource = N'roost.transaction', @LockMode = N'Exclusive', @LockOwner = N'Session', "
        "@LockTimeout = 0");
    must(server.connection->begin());
    const auto remembered = server.driver.remember(*server.connection);
    REQUIRE(!remembered.has_value());
    CHECK(remembered.error().kind == ErrorKind::refused);
    CHECK(remembered.error().message.contains("roost.transaction"));
    must(server.connection->rollback());
}

TEST_CASE("role DDL is part of the transaction from its first statement on") {
    SqlServer server;
    run(*server.connection, "CREATE ROLE [hr]; CREATE USER [ann] WITHOUT LOGIN;");
    must(server.connection->begin());
    run(*server.connection, "ALTER ROLE [hr] ADD MEMBER [ann]");
    CHECK(rows(*server.connection, "SELECT @@TRANCOUNT") == "1\n");
    must(server.connection->rollback());
    CHECK(memberships_of(server.graph()).empty());
    must(server.connection->begin());
    run(*server.connection, "ALTER ROLE [hr] ADD MEMBER [ann]");
    must(server.connection->commit());
    CHECK(rows(*server.connection, "SELECT @@TRANCOUNT") == "0\n");
    CHECK(memberships_of(server.graph()) == "hr: ann\n");
}

TEST_CASE("an error takes the whole transaction back, and what follows it is not committed") {
    SqlServer server;
    must(server.connection->begin());
    run(*server.connection, "CREATE ROLE [first]");
    CHECK(!server.connection->execute("CREATE ROLE [first]").has_value());
    CHECK(!server.connection->commit().has_value());
    CHECK(!server.graph().find("first").has_value());
    must(server.connection->begin());  // and the next one is as good as the first
    must(server.connection->rollback());
}

TEST_CASE("RAISERROR does not end its batch, but its transaction cannot be committed") {
    SqlServer server;
    must(server.connection->begin());
    const auto sent = server.connection->execute("RAISERROR(N'boom', 16, 1); CREATE ROLE [behind]");
    REQUIRE(!sent.has_value());
    CHECK(sent.error().message.contains("boom"));
    CHECK(!server.connection->commit().has_value());
    CHECK(!server.graph().find("behind").has_value());
}

TEST_CASE("an error says which line of the batch it is about") {
    SqlServer server;
    const auto line = [&](std::string_view batch) {
        const auto sent = server.connection->execute(batch);
        REQUIRE(!sent.has_value());
        return sent.error().line;
    };
    CHECK(line("ALTER ROLE [nowhere] ADD MEMBER [dbo]") == 1);
    CHECK(line("SELECT 1;\nSELECT 2\n\nALTER ROLE [nowhere] ADD MEMBER [dbo];\nSELECT 3") == 4);
    CHECK(line("SELECT 1;\r\nRAISERROR(N'late', 16, 1)") == 2);
    CHECK(line("SELECT 1;\nSELECT 2;\nCREATE ROLE;") == 3);
}

TEST_CASE("an error behind the first result is not missed") {
    SqlServer server;
    const auto sent = server.connection->execute("SELECT 1; SELECT 2; RAISERROR(N'late', 16, 1)");
    REQUIRE(!sent.has_value());
    CHECK(sent.error().message.contains("late"));
    CHECK(rows(*server.connection, "SELECT 1") == "1\n");  // nothing of it is left unread
}

TEST_CASE("a pack of statements is taken back alone, whatever of it ran") {
    SqlServer server;
    const Savepoint& savepoint = server.driver.info.savepoint;
    must(server.connection->begin());
    run(*server.connection, "CREATE ROLE [before_it]");
    run(*server.connection, savepoint.set);
    CHECK(!server.connection->execute("CREATE ROLE [a];\nCREATE ROLE [a];\nCREATE ROLE [b]").has_value());
    run(*server.connection, savepoint.back);
    run(*server.connection, "CREATE ROLE [a]");
    run(*server.connection, savepoint.release);
    must(server.connection->commit());
    const RoleGraph graph = server.graph();
    CHECK(graph.find("before_it").has_value());
    CHECK(graph.find("a").has_value());
    CHECK(!graph.find("b").has_value());
}

TEST_CASE("roost's lock on a database is had once, and its holder is named to those who may see sessions") {
    SqlServer server;
    const Opener open = server.driver.connect;
    auto first = must(server.driver.lock(server.target(), {.holder = "night-job 2026-11-22T10:00:00Z"}, open));
    CHECK(first->connection() == nullptr);
    must(first->held());
    const auto second = server.driver.lock(server.target(), {.holder = "second"}, open);
    REQUIRE(!second.has_value());
    CHECK(second.error().kind == ErrorKind::refused);
    CHECK_MESSAGE(second.error().message.contains("night-job (account"), second.error().message);
    CHECK_MESSAGE(second.error().message.contains("since 2026-11-22T10:00:00Z"), second.error().message);

    const auto limited = server.connect_as("limited");
    const auto third = server.driver.lock(server.target(server.login_of("limited")), {.holder = "third"}, open);
    REQUIRE(!third.has_value());
    CHECK(third.error().kind == ErrorKind::refused);
    CHECK(third.error().message.contains("another run"));
    CHECK(third.error().advice.contains("VIEW SERVER STATE"));

    int asked = 0;
    const LockRequest patient{.wait = std::chrono::hours(1), .interrupted = [&] { return ++asked > 1; }};
    const auto given_up = server.driver.lock(server.target(), patient, open);
    REQUIRE(!given_up.has_value());
    CHECK(given_up.error().kind == ErrorKind::interrupted);

    first.reset();
    must(must(server.driver.lock(server.target(), {.holder = "second"}, open))->held());
}

// It was refused in the name of nobody.
TEST_CASE("a lock that is let go while its holder is looked for is had") {
    SqlServer server;
    auto held = must(server.driver.lock(server.target(), {.holder = "a"}, server.driver.connect));
    const Opener open = test::beforehand(server.driver, "dm_tran_locks", [&] { held.reset(); });
    CHECK(server.driver.lock(server.target(), {.holder = "b"}, open).has_value());
}

TEST_CASE("a ledger that belongs to somebody else is not trusted") {
    SqlServer server;
    must(server.driver.ledger_is_safe(*server.connection));
    run(*server.connection, "CREATE USER [mallory] WITHOUT LOGIN;");
    run(*server.connection, "EXEC(N'CREATE SCHEMA [roost] AUTHORIZATION [mallory]')");
    const auto safe = server.driver.ledger_is_safe(*server.connection);
    REQUIRE(!safe.has_value());
    CHECK(safe.error().kind == ErrorKind::refused);
    CHECK(safe.error().message.contains("mallory"));
    CHECK(safe.error().advice.contains("ALTER AUTHORIZATION ON SCHEMA::[roost] TO [dbo]"));
    run(*server.connection, "ALTER ROLE [db_owner] ADD MEMBER [mallory]");
    must(server.driver.ledger_is_safe(*server.connection));
}

TEST_CASE("a table is found in the schema given, or where an unqualified name is looked for") {
    SqlServer server;
    const auto exists = [&](std::string_view schema, std::string_view table) {
        return must(server.driver.find_table(*server.connection, schema, table));
    };
    run(*server.connection, "CREATE TABLE dbo.[od]]d] (a int)");
    CHECK(exists("", "od]d"));
    CHECK(exists("dbo", "od]d"));
    CHECK(!exists("roost", "od]d"));
    CHECK(!exists("", "nix"));
}

TEST_CASE("rights and owners of SQL Server are read, those of roost's own schema are not") {
    SqlServer server;
    Connection& connection = *server.connection;
    run(connection, "CREATE ROLE hr; CREATE USER ann WITHOUT LOGIN");
    run(connection, "CREATE SCHEMA pay AUTHORIZATION ann");
    run(connection, "CREATE SCHEMA roost");
    run(connection, "CREATE TABLE pay.slip (a int); CREATE TABLE roost.run (a int); CREATE TABLE bonus (a int)");
    run(connection,
        "GRANT SELECT ON pay.slip TO hr; GRANT INSERT ON pay.slip TO ann WITH GRANT OPTION; DENY DELETE ON pay.slip TO "
        "hr; GRANT SELECT ON roost.run TO hr; GRANT EXECUTE ON SCHEMA::pay TO hr; GRANT CREATE ROLE TO hr; GRANT "
        "SELECT ON bonus TO public");
    std::string text;
    std::string created;
    for (const Holding& row : must(read_holdings(server.driver, connection))) {
        if (row.object == "table slip" && row.kind == "owner") created = row.created;
        if (row.what == "CONNECT") continue;
        text += fmt::format("{}: {} | {} | {} | {}\n", row.kind, row.holder, row.schema, row.object, row.what);
    }
    CHECK(text ==
          "owner: ann |  | schema pay | \n"
          "owner: ann | pay | table slip | \n"
          "owner: dbo | dbo | table bonus | \n"
          "right: PUBLIC | dbo | table bonus | SELECT\n"
          "right: ann | pay | table slip | INSERT with grant option\n"
          "right: hr |  | database " +
              server.database +
              " | CREATE ROLE\n"
              "right: hr |  | schema pay | EXECUTE\n"
              "right: hr | pay | table slip | DENY DELETE\n"
              "right: hr | pay | table slip | SELECT\n");
    CHECK(created.ends_with("Z"));
    CHECK(created.contains("T"));
}

}  // namespace
}  // namespace roost
