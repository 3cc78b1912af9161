// The statements, views and errors of Oracle that the model speaks, as the references give them.
#include <string>

#include "unit/model/server.hpp"

namespace test = roost::test;

namespace {

// A container of its own, as SYSTEM.
std::unique_ptr<roost::Connection> container(const test::Model& model) {
    test::run(*model.connect(), "CREATE PLUGGABLE DATABASE payroll ADMIN USER adm IDENTIFIED BY p");
    return model.connect("DBQ=//127.0.0.1:1521/payroll;Uid=system");
}

std::string granted(roost::Connection& connection, const std::string& grantee) {
    return test::rows(
        connection, "SELECT granted_role, admin_option, default_role FROM dba_role_privs WHERE grantee = '" + grantee +
                        "' AND common = 'NO' ORDER BY 1");
}

}  // namespace

TEST_CASE("Oracle: roles are made, granted, revoked and dropped, each error with its number") {
    const test::Model model("oracle");
    const auto connection = container(model);
    auto& c = *connection;
    test::run(c, "CREATE ROLE guineapigs NOT IDENTIFIED");
    test::run(c, "CREATE USER alice IDENTIFIED BY secret");
    test::run(c, "CREATE ROLE \"guineapigs\"");  // another one: quoted is exact
    CHECK(granted(c, "SYSTEM") == "GUINEAPIGS YES YES; guineapigs YES YES");
    CHECK(test::number(c, "CREATE ROLE guineapigs") == 1921);
    CHECK(test::number(c, "CREATE ROLE alice") == 1921);
    CHECK(test::number(c, "CREATE ROLE c##x") == 65094);
    CHECK(test::number(*model.connect(), "CREATE ROLE x") == 65096);
    CHECK(test::number(c, "GRANT nothing TO alice") == 1919);
    CHECK(test::number(c, "GRANT guineapigs TO nobody") == 1917);
    CHECK(test::number(c, "REVOKE guineapigs FROM alice") == 1951);
    CHECK(test::number(c, "DROP ROLE nothing") == 1919);
    CHECK(test::number(c, "ALTER USER nobody ACCOUNT LOCK") == 1918);
    CHECK(test::number(c, "GRANT guineapigs TO guineapigs") == 1934);
    test::run(c, "GRANT guineapigs, \"guineapigs\" TO alice WITH ADMIN OPTION");
    CHECK(granted(c, "ALICE") == "GUINEAPIGS YES YES; guineapigs YES YES");
    test::run(c, "REVOKE guineapigs FROM alice");
    test::run(c, "ALTER ROLE guineapigs IDENTIFIED BY secret");
    CHECK(test::rows(c, "SELECT authentication_type FROM dba_roles WHERE role = 'GUINEAPIGS'") == "PASSWORD");
    CHECK(test::number(c, "ALTER ROLE nothing NOT IDENTIFIED") == 1919);
    test::run(c, "DROP ROLE guineapigs");
    CHECK(granted(c, "ALICE") == "guineapigs YES YES");
}

TEST_CASE("Oracle: an explicit list of default roles leaves what is granted later out") {
    const test::Model model("oracle");
    const auto connection = container(model);
    auto& c = *connection;
    for (const char* sql : {"CREATE USER alice IDENTIFIED BY x", "CREATE ROLE a", "CREATE ROLE b",
                            "GRANT a, CREATE SESSION TO alice", "ALTER USER alice DEFAULT ROLE a", "GRANT b TO alice"})
        test::run(c, sql);
    CHECK(granted(c, "ALICE") == "A NO YES; B NO NO");
    CHECK(test::number(c, "ALTER USER alice DEFAULT ROLE dba") == 1955);
    const auto alice = model.connect("Database=PAYROLL;Uid=alice");
    CHECK(test::rows(*alice, "SELECT role FROM session_roles") == "A");
    test::run(*alice, "SET ROLE ALL");
    CHECK(test::rows(*alice, "SELECT role FROM session_roles ORDER BY role") == "A; B");
    CHECK(test::number(*alice, "SET ROLE dba") == 1924);
    test::run(c, "ALTER USER alice DEFAULT ROLE ALL EXCEPT a");
    CHECK(granted(c, "ALICE") == "A NO NO; B NO YES");
}

TEST_CASE("Oracle: a block creates what is missing, and raises what it does not handle") {
    const test::Model model("oracle");
    const auto connection = container(model);
    auto& c = *connection;
    const auto guarded = [](const std::string& role) {
        return "DECLARE n PLS_INTEGER;\nBEGIN\n  EXECUTE IMMEDIATE 'CREATE ROLE \"" + role +
               "\"';\nEXCEPTION WHEN OTHERS THEN\n  IF SQLCODE = -1921 THEN\n"
               "    SELECT COUNT(*) INTO n FROM dba_roles WHERE role = '" +
               role + "';\n    IF n = 0 THEN RAISE; END IF;\n  ELSE RAISE; END IF;\nEND;";
    };
    test::run(c, guarded("HR"));
    test::run(c, guarded("HR"));
    test::run(c, "CREATE USER alice IDENTIFIED BY x");
    CHECK(test::number(c, guarded("ALICE")) == 1921);
    test::run(c,
              "BEGIN FOR r IN (SELECT role FROM dba_roles WHERE oracle_maintained = 'N') LOOP EXECUTE IMMEDIATE 'GRANT "
              "' || r.role || ' TO alice'; END LOOP; END;");
    CHECK(granted(c, "ALICE") == "HR NO YES");
    CHECK(test::number(c,
                       "DECLARE e EXCEPTION; PRAGMA EXCEPTION_INIT(e, -1919); BEGIN EXECUTE IMMEDIATE 'DROP ROLE x'; "
                       "EXCEPTION WHEN e THEN RAISE_APPLICATION_ERROR(-20001, 'gone'); END;") == 20001);
    CHECK(test::number(c, "BEGIN NULL END;") == 6550);
}

TEST_CASE("Oracle: DDL commits what was open, and nothing takes it back") {
    const test::Model model("oracle");
    const auto connection = container(model);
    auto& c = *connection;
    test::run(c, "CREATE TABLE t (a NUMBER(10), b CLOB, c VARCHAR2(20 CHAR) DEFAULT 'x' NOT NULL)");
    REQUIRE(connection->begin().has_value());
    test::run(c, "INSERT INTO t (a) SELECT 1 FROM DUAL UNION ALL SELECT 2 FROM DUAL");
    test::run(c, "CREATE ROLE r");
    test::run(c, "INSERT INTO t (a) VALUES (3)");
    REQUIRE(connection->rollback().has_value());
    CHECK(test::rows(c, "SELECT COUNT(*) FROM t") == "2");
    CHECK(test::rows(c, "SELECT a FROM t ORDER BY a OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY") == "2");
    CHECK(test::number(c, "CREATE TABLE t (a NUMBER)") == 955);
    CHECK(test::number(c, "CREATE TABLE IF NOT EXISTS t (a NUMBER)") == 922);  // only from 23ai on
    CHECK(test::number(c, "SELECT * FROM nowhere") == 942);
    CHECK(test::number(c, "SELEC 1") == 900);
    CHECK(test::number(c, "SELECT 1 FROM DUAL;") == 933);
    CHECK(test::number(c, "INSERT INTO t (c) VALUES ('')") == 1400);
}

TEST_CASE("Oracle: DBMS_LOCK keeps sessions apart, over commits") {
    const test::Model model("oracle");
    const auto first = container(model), second = model.connect("Database=PAYROLL;Uid=SYSTEM");
    constexpr std::string_view request =
        "DECLARE h VARCHAR2(128); rc INTEGER; BEGIN DBMS_LOCK.ALLOCATE_UNIQUE('ROOST', h); rc := DBMS_LOCK.REQUEST(h, "
        "DBMS_LOCK.X_MODE, 0, FALSE);"
        " IF rc <> 0 THEN RAISE_APPLICATION_ERROR(-20100 - rc, 'not had'); END IF; END;";
    std::string bound(request);
    bound.replace(bound.find(" 0, FALSE"), 2, " ?");
    const std::optional<std::string> no_seconds[] = {"0"};
    test::run(*first, request);
    test::run(*first, "CREATE ROLE r");
    CHECK(test::number(*second, request) == 20101);  // time-out
    CHECK(second->execute(bound, no_seconds).error().native == 20101);
    CHECK(test::number(*first, request) == 20104);  // mine already
    test::run(*first,
              "DECLARE h VARCHAR2(128); rc INTEGER; BEGIN DBMS_LOCK.ALLOCATE_UNIQUE('ROOST', h); rc := "
              "DBMS_LOCK.RELEASE(h); END;");
    test::run(*second, request);
}

TEST_CASE("Oracle: a literal of SQL has 4,000 bytes at most, what is bound may have more") {
    const test::Model model("oracle");
    const auto connection = container(model);
    auto& c = *connection;
    test::run(c, "CREATE TABLE t (x CLOB)");
    const std::optional<std::string> longest[] = {std::string(4001, 'x')};
    test::run(c, "INSERT INTO t VALUES ('" + std::string(4000, 'x') + "')");
    CHECK(test::number(c, "INSERT INTO t VALUES ('" + *longest[0] + "')") == 1704);
    test::run(c, "INSERT INTO t VALUES (?)", longest);
    CHECK(test::rows(c, "SELECT LENGTH(x) FROM t ORDER BY 1") == "4000; 4001");
}

TEST_CASE("Oracle: a block that names DBMS_LOCK does not compile for an account without it, and none of it runs") {
    const test::Model model("oracle");
    const auto admin = container(model);
    test::run(*admin, "CREATE USER limited IDENTIFIED BY x");
    test::run(*admin, "GRANT CREATE SESSION, CREATE ROLE TO limited");
    const auto limited = model.connect("Database=PAYROLL;Uid=limited");
    constexpr std::string_view block =
        "DECLARE rc INTEGER; BEGIN EXECUTE IMMEDIATE 'CREATE ROLE r'; rc := DBMS_LOCK.REQUEST(id => 7, lockmode => "
        "DBMS_LOCK.X_MODE, timeout => 0); EXCEPTION WHEN OTHERS THEN NULL; END;";
    CHECK(test::number(*limited, block) == 6550);
    CHECK(test::rows(*admin, "SELECT COUNT(*) FROM dba_roles WHERE role = 'R'") == "0");
}

TEST_CASE("Oracle: a session that is killed lets its locks go") {
    const test::Model model("oracle");
    const auto admin = container(model), other = model.connect("Database=PAYROLL;Uid=SYSTEM");
    constexpr std::string_view request =
        "DECLARE rc INTEGER; BEGIN rc := DBMS_LOCK.REQUEST(id => 7, lockmode => DBMS_LOCK.X_MODE, timeout => 0, "
        "release_on_commit => FALSE); IF rc <> 0 THEN RAISE_APPLICATION_ERROR(-20100 - rc, 'not had'); END IF; END;";
    test::run(*other, request);
    CHECK(test::number(*admin, request) == 20101);
    const auto sid = test::rows(*other, "SELECT SYS_CONTEXT('USERENV', 'SID') FROM DUAL");
    test::run(*admin, "ALTER SYSTEM KILL SESSION '" + sid + "," + sid + "' IMMEDIATE");
    CHECK_FALSE(other->execute("SELECT 1 FROM DUAL").has_value());
    test::run(*admin, request);
}

TEST_CASE(
    "Oracle: a locked row keeps a second session out until the first ends its transaction, and nobody else from "
    "writing") {
    const test::Model model("oracle");
    const auto first = container(model), second = model.connect("Database=PAYROLL;Uid=SYSTEM");
    test::run(*first, "CREATE TABLE l (id NUMBER, holder VARCHAR2(100))");
    test::run(*first, "INSERT INTO l (id) VALUES (1)");
    REQUIRE(first->begin().has_value());
    CHECK(test::rows(*first, "SELECT id FROM l WHERE id = 1 FOR UPDATE NOWAIT") == "1");
    test::run(*first, "UPDATE l SET holder = 'me'");
    CHECK(test::rows(*first, "SELECT holder FROM l") == "me");
    CHECK(test::rows(*second, "SELECT holder FROM l") == "-");
    CHECK(test::number(*second, "SELECT id FROM l FOR UPDATE NOWAIT") == 54);
    test::run(*second, "CREATE ROLE r");
    REQUIRE(first->commit().has_value());
    CHECK(test::rows(*second, "SELECT holder FROM l FOR UPDATE NOWAIT") == "me");
}

TEST_CASE("Oracle: an account sees and may do no more than it was given") {
    const test::Model model("oracle");
    const auto admin = container(model);
    for (const char* sql : {"CREATE USER limited IDENTIFIED BY x", "CREATE USER locked IDENTIFIED BY x ACCOUNT LOCK",
                            "CREATE ROLE mine", "GRANT mine TO limited"})
        test::run(*admin, sql);
    CHECK(model.try_connect("Database=PAYROLL;Uid=limited").error().native == 1045);
    test::run(*admin, "GRANT CREATE SESSION TO limited");
    const auto connection = model.connect("Database=PAYROLL;Uid=limited");
    auto& c = *connection;
    CHECK(test::number(c, "SELECT role FROM dba_roles") == 942);
    CHECK(test::rows(c, "SELECT granted_role FROM user_role_privs") == "MINE");
    CHECK(test::number(c, "CREATE ROLE x") == 1031);
    CHECK(test::number(c, "GRANT mine TO locked") == 1932);
    test::run(*admin, "GRANT CREATE ROLE, SELECT ANY DICTIONARY TO limited");
    test::run(c, "CREATE ROLE x");
    CHECK(test::rows(c, "SELECT COUNT(*) FROM sys.dba_roles WHERE role = 'X'") == "1");
    CHECK(test::number(c, "GRANT CREATE ROLE TO mine") == 1031);
    test::run(*admin, "GRANT CREATE ROLE TO limited WITH ADMIN OPTION");
    test::run(c, "GRANT CREATE ROLE TO mine");
    CHECK(model.try_connect("Database=PAYROLL;Uid=locked").error().native == 28000);
    CHECK(model.try_connect("Database=PAYROLL;Uid=nobody").error().native == 1017);
    CHECK(model.try_connect("Database=NOWHERE;Uid=system").error().native == 12514);
}

TEST_CASE("Oracle: an index is made, unique or not, and dates are written as literals") {
    const test::Model model("oracle");
    const auto connection = container(model);
    auto& c = *connection;
    test::run(c, "CREATE TABLE day (at TIMESTAMP, d DATE)");
    test::run(c, "CREATE INDEX day_at ON day (at)");
    test::run(c, "CREATE UNIQUE INDEX day_d ON day (d)");
    test::run(c, "INSERT INTO day VALUES (TIMESTAMP '2026-11-02 09:00:00', DATE '2026-11-02')");
    CHECK(test::rows(c, "SELECT at, d FROM day") == "2026-11-02 09:00:00 2026-11-02");
    CHECK(test::number(c, "CREATE INDEX other ON nothing (at)") == 942);
}
