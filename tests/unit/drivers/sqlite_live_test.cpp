#include <sys/wait.h>

#include <fstream>

#include "unit/drivers/live.hpp"

namespace roost {
namespace {

using std::chrono::milliseconds;
using test::must;
using test::rows;
using test::run;
using test::Sqlite;

constexpr std::string_view people =
    "INSERT INTO roost_role (name, login) VALUES ('hr', 0), ('pigs', 0), ('ann', 1), ('bob', 1);"
    "INSERT INTO roost_role_member (role, member) VALUES ('pigs', 'hr'), ('hr', 'ann');";

TEST_CASE("a database without roost's tables has no roles") {
    Sqlite file(false);
    CHECK(must(file.driver.graph(*file.connection, {})) == RoleGraph{});
    CHECK(!file.driver.is_member(*file.connection, {}, "hr", "ann").has_value());
}

TEST_CASE("SQLite's roles are rows, and its graph is what they say") {
    Sqlite file;
    run(*file.connection, people);
    run(*file.connection,
        "UPDATE roost_role_member SET admin = 1, inherit = 0 WHERE member = 'ann'; UPDATE roost_role SET comment = 'c' "
        "WHERE name = 'hr'");
    const RoleGraph graph = must(file.driver.graph(*file.connection, {}));
    CHECK(test::members(graph, "") == "hr: ann admin\npigs: hr inherit\n");
    CHECK(graph.principal(graph.find("ann").value()).kind == PrincipalKind::user);
    CHECK(graph.principal(graph.find("hr").value()).comment == "c");
}

TEST_CASE("SQLite says yes to members, direct or nested, and to nobody else") {
    Sqlite file;
    run(*file.connection, people);
    const auto asked = [&](std::string_view role, std::string_view principal) {
        return file.driver.is_member(*file.connection, {}, role, principal);
    };
    CHECK(must(asked("hr", "ann")));
    CHECK(must(asked("pigs", "ann")));
    CHECK(!must(asked("pigs", "bob")));
    CHECK(!must(asked("hr", "hr")));
    CHECK(!must(asked("hr", "pigs")));
    CHECK(!asked("HR", "ann").has_value());
    CHECK(!asked("hr", "nobody").has_value());
}

TEST_CASE("SQLite's triggers refuse memberships that make no sense, whatever the conflict clause") {
    Sqlite file;
    run(*file.connection, people);
    struct Case {
        std::string_view sql;
        Fault fault;
    };
    const Case cases[] = {
        {"INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('no', 'ann')", Fault::missing},
        {"INSERT OR REPLACE INTO roost_role_member (role, member) VALUES ('hr', 'no')", Fault::missing},
        {"INSERT INTO roost_role_member (role, member) VALUES ('hr', 'hr')", Fault::circular},
        {"INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('ann', 'pigs')", Fault::circular},
        {"UPDATE roost_role_member SET member = 'pigs' WHERE role = 'hr'", Fault::unknown},
        {"UPDATE roost_role SET name = 'x' WHERE name = 'hr'", Fault::unknown},
        {"INSERT INTO roost_role (name) VALUES ('hr')", Fault::exists},
        {"SELECT FROM", Fault::syntax},
        {"SELECT * FROM nowhere", Fault::missing},
    };
    for (const Case& test : cases) {
        INFO(test.sql);
        const auto done = file.connection->execute(test.sql);
        REQUIRE(!done.has_value());
        CHECK(file.driver.diagnose(done.error()).fault == test.fault);
    }
    run(*file.connection, "DELETE FROM roost_role WHERE name = 'hr'");
    CHECK(rows(*file.connection, "SELECT count(*) FROM roost_role_member") == "0\n");
}

TEST_CASE("what SQLite's writer writes makes the changes, and may run twice") {
    Sqlite file;
    run(*file.connection, people);
    const ServerFacts facts = must(file.driver.facts(*file.connection, file.target()));
    const std::vector<Change> changes = {CreateRole{"it's", "c"}, Grant{"it's", "ann", {option::admin, 0}},
                                         Grant{"hr", "bob", {option::admin, option::admin}},
                                         AlterMembership{"pigs", "hr", "", {option::inherit, 0}},
                                         Revoke{"hr", "ann", ""}};
    for (int i = 0; i < 2; ++i)
        for (const Statement& statement : file.driver.write(changes, facts)) run(*file.connection, statement.sql);
    CHECK(test::members(must(file.driver.graph(*file.connection, {})), "") ==
          "hr: bob admin inherit\nit's: ann inherit\npigs: hr\n");
}

TEST_CASE("an SQLite database is known by its file, whatever link leads there") {
    Sqlite file;
    std::filesystem::create_symlink("pay.db", file.folder / "link.db");
    const ServerFacts facts = must(file.driver.facts(*file.connection, file.target()));
    CHECK(facts.database_id == std::filesystem::canonical(file.folder / "pay.db"));
    CHECK(facts.version.starts_with("3."));
    CHECK(facts.account.empty());
    const auto link = test::open(file.driver, file.target("link.db"));
    CHECK(must(file.driver.facts(*link, file.target("link.db"))).database_id == facts.database_id);
    CHECK(!file.driver.connect(file.target("typo.db")).has_value());
}

TEST_CASE("SQLite's tables are found in the main database alone") {
    Sqlite file;
    run(*file.connection, file.driver.ledger_ddl);
    for (const std::string_view table : {"roost_ledger", "roost_run", "roost_step", "roost_hold", "ROOST_ROLE"})
        CHECK(must(file.driver.find_table(*file.connection, "", table)));
    CHECK(must(file.driver.find_table(*file.connection, "main", "roost_role")));
    CHECK(!must(file.driver.find_table(*file.connection, "other", "roost_role")));
    CHECK(!must(file.driver.find_table(*file.connection, "", "roost")));
}

TEST_CASE("what a script changed in an SQLite session is put back, in a transaction and outside") {
    Sqlite file;
    for (const bool in_transaction : {false, true}) {
        if (in_transaction) must(file.connection->begin());
        const SessionState before = must(file.driver.remember(*file.connection));
        run(*file.connection,
            "PRAGMA foreign_keys = 1; PRAGMA recursive_triggers = 1; PRAGMA ignore_check_constraints = 1; PRAGMA "
            "writable_schema = 1;"
            "PRAGMA defer_foreign_keys = 1; PRAGMA case_sensitive_like = 1; PRAGMA legacy_alter_table = 1; CREATE TEMP "
            "TABLE roost_role (x);"
            "CREATE TEMP VIEW v AS SELECT 1; CREATE TEMP TRIGGER t AFTER INSERT ON temp.roost_role BEGIN SELECT 1; "
            "END; PRAGMA query_only = 1");
        if (!in_transaction) run(*file.connection, "ATTACH ':memory:' AS other");
        must(file.driver.reset(*file.connection, before));
        must(file.driver.reset(*file.connection, before));
        CHECK(must(file.driver.remember(*file.connection)).settings == before.settings);
        CHECK(rows(*file.connection, "SELECT count(*) FROM temp.sqlite_schema") == "0\n");
        CHECK(rows(*file.connection, "SELECT count(*) FROM pragma_database_list WHERE name = 'other'") == "0\n");
        if (in_transaction) must(file.connection->commit());
    }
}

TEST_CASE("a script that ends the run's SQLite transaction is found out") {
    Sqlite file;
    for (const std::string_view script : {"COMMIT", "ROLLBACK", "COMMIT; BEGIN"}) {
        must(file.connection->begin());
        const SessionState before = must(file.driver.remember(*file.connection));
        must(file.driver.reset(*file.connection, before));
        run(*file.connection, script);
        const auto reset = file.driver.reset(*file.connection, before);
        REQUIRE(!reset.has_value());
        CHECK(reset.error().message.contains("transaction"));
        static_cast<void>(file.connection->rollback());
    }
}

TEST_CASE("a transaction that a script began and left open in SQLite is rolled back, and an error") {
    Sqlite file;
    const SessionState before = must(file.driver.remember(*file.connection));
    run(*file.connection, "BEGIN; CREATE TABLE t (a)");
    const auto reset = file.driver.reset(*file.connection, before);
    REQUIRE(!reset.has_value());
    CHECK(reset.error().message.contains("left it open"));
    CHECK(!must(file.driver.find_table(*file.connection, "", "t")));
    must(file.driver.reset(*file.connection, before));
}

TEST_CASE("SQLite's lock is one for every name of the file, and says who holds it") {
    Sqlite file;
    std::filesystem::create_symlink("pay.db", file.folder / "link.db");
    const auto lock = [&](const std::string& name, milliseconds wait = {}) {
        return file.driver.lock(file.target(name), {.wait = wait, .holder = "alice " + name}, file.driver.connect);
    };
    auto held = must(lock("pay.db"));
    CHECK(held->connection() == nullptr);
    const auto refused = lock("link.db", milliseconds(50));
    REQUIRE(!refused.has_value());
    CHECK(refused.error().kind == ErrorKind::refused);
    CHECK(refused.error().message.contains("alice pay.db, since 2"));
    held.reset();
    CHECK(std::filesystem::file_size(file.folder / "pay.db-roost-lock") == 0);
    CHECK(lock("link.db").has_value());
}

TEST_CASE("SQLite's lock knows when its file was deleted or replaced") {
    Sqlite file;
    const auto lock = must(file.driver.lock(file.target(), {.holder = "a"}, file.driver.connect));
    must(lock->held());
    std::filesystem::rename(file.folder / "pay.db-roost-lock", file.folder / "other");
    CHECK(lock->held().error().message.contains("lost"));
    const auto second = must(file.driver.lock(file.target(), {.holder = "b"}, file.driver.connect));
    CHECK(!lock->held().has_value());
    must(second->held());
}

TEST_CASE("waiting for SQLite's lock ends when it is interrupted, and its ledger belongs to nobody") {
    Sqlite file;
    const auto held = must(file.driver.lock(file.target(), {.holder = "a"}, file.driver.connect));
    int asked = 0;
    const LockRequest request{.wait = milliseconds(20000), .holder = "b", .interrupted = [&] { return ++asked > 2; }};
    const auto stopped = file.driver.lock(file.target(), request, file.driver.connect);
    REQUIRE(!stopped.has_value());
    CHECK(stopped.error().kind == ErrorKind::interrupted);
    CHECK(asked == 3);
    must(file.driver.ledger_is_safe(*file.connection));
}

TEST_CASE("SQLite's lock is gone when its process is") {
    Sqlite file;
    const pid_t child = ::fork();
    if (child == 0) {
        auto lock = file.driver.lock(file.target(), {.holder = "child"}, file.driver.connect);
        if (lock) lock->release();  // never destroyed: the process dies with it
        ::_exit(lock ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    CHECK(file.driver.lock(file.target(), {.holder = "me"}, file.driver.connect).has_value());
}

}  // namespace
}  // namespace roost
