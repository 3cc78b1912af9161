#include <doctest/doctest.h>

#include "db/attributes.hpp"
#include "drivers/oracle/parts.hpp"
#include "unit/drivers/options.hpp"

namespace roost::oracle_test {
namespace {

std::string dictionary(std::string_view name) {
    const auto found = oracle::canonical(name);
    return found ? *found : "refused: " + found.error().message;
}

TEST_CASE("Oracle: a plain name is in capitals, one in double quotes is exact") {
    CHECK(dictionary("alice") == "ALICE");
    CHECK(dictionary("Guinea_Pigs$2#") == "GUINEA_PIGS$2#");
    CHECK(dictionary("\"alice\"") == "alice");
    CHECK(dictionary("\"Guinea Pigs\"") == "Guinea Pigs");
    CHECK(dictionary("\"größe\"") == "größe");
    CHECK(dictionary(std::string(128, 'a')) == std::string(128, 'A'));
}

TEST_CASE("Oracle: a name that would have to be guessed, or that the dictionary cannot hold, is refused") {
    for (const std::string_view name :
         {"", "\"\"", "Guinea Pigs", "größe", "2nd", "hr@example.com", "a\"b", "\"a\"b\"", "\"", "PUBLIC", "public",
          "\"PUBLIC\"", "sys", "System", "C##ADMIN", "c##admin", "\"C##ADMIN\"", "\xff"})
        CHECK_MESSAGE(dictionary(name).starts_with("refused: "), name);
    CHECK(dictionary(std::string(129, 'a')).starts_with("refused: "));
    CHECK(oracle::schema("system") == "SYSTEM");
}

std::string dbq(std::string_view url) {
    const auto parts = oracle::wanted({.url = Secret(std::string(url))});
    if (!parts) return "refused: " + parts.error().message;
    const Attribute* found = find(*parts, "DBQ");
    return found ? found->text : std::string("none");
}

TEST_CASE("Oracle: each form of a JDBC URL becomes the address that ODBC takes") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"jdbc:oracle:thin:@//db.example:1522/payroll", "//db.example:1522/payroll"},
        {"jdbc:oracle:thin:@//db.example/payroll", "//db.example:1521/payroll"},
        {"jdbc:oracle:thin:@db.example:1521/payroll.example", "//db.example:1521/payroll.example"},
        {"jdbc:oracle:thin:@//[::1]:1521/payroll", "//[::1]:1521/payroll"},
        {"jdbc:oracle:thin:@db.example:1521:ORCL",
         "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db.example)(PORT=1521))(CONNECT_DATA=(SID=ORCL)))"},
        {"jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=h)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=s)))",
         "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=h)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=s)))"},
        {"jdbc:oracle:thin:@PAYROLL_TEST", "PAYROLL_TEST"},
        {"jdbc:oracle:oci:@//db.example:1521/payroll", "//db.example:1521/payroll"},
        {"jdbc:oracle:thin:@tcp://db.example:1521/payroll?connect_timeout=5",
         "//db.example:1521/payroll?connect_timeout=5"},
    };
    for (const auto& [url, address] : cases) CHECK_MESSAGE(dbq(url) == address, url);
}

TEST_CASE("Oracle: with tcps the server's name is compared unless the URL says not to") {
    CHECK(dbq("jdbc:oracle:thin:@tcps://h:2484/s") == "tcps://h:2484/s?ssl_server_dn_match=on");
    CHECK(dbq("jdbc:oracle:thin:@tcps://h:2484/s?wallet_location=/w") ==
          "tcps://h:2484/s?wallet_location=/w&ssl_server_dn_match=on");
    CHECK(dbq("jdbc:oracle:thin:@tcps://h:2484/s?SSL_SERVER_DN_MATCH=off") ==
          "tcps://h:2484/s?ssl_server_dn_match=off");
}

// A database of this machine's that was named by its SID counted as one elsewhere.
TEST_CASE("Oracle: an address is this machine's where each host that it names is") {
    for (const std::string_view near :
         {"//localhost:1521/XE", "//LOCALHOST/XE", "localhost:1521/XE", "localhost/XE", "tcp://127.0.0.1:1521/XE",
          "//[::1]:1521/XE", "[::1]:1521/XE", "127.1.2.3:1521",
          "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=localhost)(PORT=1521))(CONNECT_DATA=(SID=XE)))",
          "(description = (address_list = (address = (protocol = tcp) (host = ::1)) (address = (Host=127.0.0.1))))"})
        CHECK_MESSAGE(oracle::is_this_machine(near), near);
    for (const std::string_view far :
         {"//db.example:1521/XE", "localhost", "XE", "", "localhost.example:1521/XE", "127.0.0.1.example/XE",
          "//localhost:1521,db.example:1521/XE", "localhost,db.example:1521/XE", "//localhost:1521/XE?https_proxy=h",
          "//::1/XE", "(DESCRIPTION=(ADDRESS=(HOST=localhost))(ADDRESS=(HOST=db.example)))",
          "(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(PORT=1521)))", "(DESCRIPTION=(ADDRESS=(HOST=localhost)(HOST",
          "(DESCRIPTION=(ADDRESS=(HTTPS_PROXY=h)(HOST=localhost)))", "(DESCRIPTION=(ADDRESS=(MYHOST=localhost)))"})
        CHECK_MESSAGE(!oracle::is_this_machine(far), far);
    const auto parts = oracle::wanted({.url = Secret("jdbc:oracle:thin:@localhost:1521:XE")});
    REQUIRE(parts);
    CHECK(oracle::is_this_machine(find(*parts, "DBQ")->value()));
}

TEST_CASE("Oracle: a URL that cannot be kept is refused, and no password is quoted") {
    for (const std::string_view url :
         {"jdbc:oracle:thin:", "jdbc:oracle:thin:@", "jdbc:oracle:thin:@//h1,h2:1521/s", "jdbc:oracle:thin:@//h:0/s",
          "jdbc:oracle:thin:@//h:1521/", "jdbc:oracle:thin:@h:1521", "jdbc:oracle:thin:@ldap://h/s",
          "jdbc:oracle:thin:@//h/s?TNS_ADMIN=/x", "jdbc:oracle:thin:@//h/s?oracle.net.encryption_client=REQUIRED",
          "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(HOST=h))", "jdbc:oracle:thin:@(DESCRIPTION=(A=b));PWD=x)",
          "jdbc:oracle:kprb:@", "jdbc:oracle:thin:@h:1521:sid?connect_timeout=5",
          "jdbc:oracle:thin:scott/s3cr3t@t@//h/s"}) {
        CHECK_MESSAGE(dbq(url).starts_with("refused: "), url);
        CHECK(!dbq(url).contains("s3cr3t"));
    }
}

TEST_CASE("Oracle: user and password are taken out of the URL, quoted ones too, and the password is a secret") {
    const auto parts = oracle::wanted({.url = Secret("jdbc:oracle:thin:scott/\"ti@g/er\"@//h:1521/s")});
    REQUIRE(parts);
    CHECK(find(*parts, "UID")->text == "scott");
    CHECK(find(*parts, "PWD")->value() == "ti@g/er");
    const auto secrets = oracle::secrets({.url = Secret("jdbc:oracle:thin:scott/tiger1@//h:1521/s")});
    REQUIRE(secrets.size() == 1);
    CHECK(secrets.front().reveal() == "tiger1");
    CHECK_FALSE(oracle::check({.url = Secret("jdbc:oracle:thin:scott/tiger1@//h:1521/s"), .user = "other"}));
    CHECK(oracle::check({.odbc = Secret("Driver={x};DBQ=//h/s"), .user = "other", .password = Secret("p")}));
}

struct ErrorCase {
    int native;
    std::string message;
    Fault fault;
    bool retry;
};

TEST_CASE("Oracle: an error is known by its native code, or by the ORA- number in its text where there is none") {
    const ErrorCase cases[] = {
        {1921, "[Oracle][ODBC][Ora]ORA-01921: role name 'HR' conflicts with another user or role name", Fault::exists,
         false},
        {0, "[Oracle][ODBC][Ora]ORA-01919: role 'X' does not exist", Fault::missing, false},
        {1917, "ORA-01917: user or role 'X' does not exist", Fault::missing, false},
        {1951, "ORA-01951: ROLE 'X' not granted to 'Y'", Fault::not_a_member, false},
        {1934, "ORA-01934: circular role grant detected", Fault::circular, false},
        {1031, "ORA-01031: insufficient privileges", Fault::denied, false},
        {942, "ORA-00942: table or view does not exist", Fault::missing, false},
        {923, "ORA-00923: FROM keyword not found where expected", Fault::syntax, false},
        {6550, "ORA-06550: line 5, column 5:\nPLS-00201: identifier 'DBMS_LOCK' must be declared", Fault::missing,
         false},
        {6550, "ORA-06550: line 1, column 7:\nPLS-00103: Encountered the symbol", Fault::syntax, false},
        {1017, "ORA-01017: invalid username/password; logon denied", Fault::login, false},
        {28000, "ORA-28000: the account is locked", Fault::login, false},
        {12541, "ORA-12541: TNS:no listener", Fault::unreachable, true},
        {12154, "ORA-12154: TNS:could not resolve the connect identifier specified", Fault::unreachable, false},
        {3113, "ORA-03113: end-of-file on communication channel", Fault::connection_lost, false},
        {3114, "ORA-03114: not connected to ORACLE", Fault::connection_lost, false},
        {60, "ORA-00060: deadlock detected while waiting for resource", Fault::conflict, true},
        {54, "ORA-00054: resource busy and acquire with NOWAIT specified", Fault::lock_timeout, true},
        {4021, "ORA-04021: timeout occurred while waiting to lock object", Fault::lock_timeout, true},
        {20101, "ORA-20101: the lock ROOST was not had\nORA-06512: at line 8", Fault::lock_timeout, true},
        {1013, "ORA-01013: user requested cancel of current operation", Fault::cancelled, false},
        {20001, "ORA-20001: a script's own", Fault::unknown, false},
    };
    for (const ErrorCase& c : cases) {
        const Diagnosis found = oracle::diagnose({.message = c.message, .sqlstate = "HY000", .native = c.native});
        CHECK_MESSAGE(found.fault == c.fault, c.message);
        CHECK_MESSAGE(found.retry == c.retry, c.message);
    }
}

TEST_CASE("Oracle: a server that speaks its language over another engine is known by that engine's numbers") {
    const ErrorCase cases[] = {
        {1396, "[ma-3.1.15][10.11.19-MariaDB]Operation CREATE ROLE failed for 'HR'", Fault::exists, false},
        {1396, "[ma-3.1.15][10.11.19-MariaDB]Operation DROP ROLE failed for 'HR'", Fault::missing, false},
        {1959, "Invalid role specification 'X'", Fault::missing, false},
        {1962, "Cannot revoke", Fault::not_a_member, false},
        {1961, "Cannot grant role", Fault::circular, false},
        {1227, "Access denied; you need", Fault::denied, false},
        {1045, "Access denied for user", Fault::login, false},
        {1205, "Lock wait timeout exceeded", Fault::lock_timeout, true},
        {2013, "Lost connection to server during query", Fault::connection_lost, false},
        {1305, "FUNCTION SYS_CONTEXT does not exist", Fault::missing, false},
    };
    for (const ErrorCase& c : cases) {
        const Diagnosis found = oracle::diagnose({.message = c.message, .sqlstate = "HY000", .native = c.native});
        CHECK_MESSAGE(found.fault == c.fault, c.message);
        CHECK_MESSAGE(found.retry == c.retry, c.message);
    }
}

std::string sent(std::string_view statement) {
    const auto found = oracle::sendable(statement);
    return found ? *found : "refused: " + found.error().message;
}

TEST_CASE("Oracle: SQL goes without its last semicolon, PL/SQL with it") {
    CHECK(sent("SELECT 1 FROM DUAL;") == "SELECT 1 FROM DUAL");
    CHECK(sent("GRANT hr TO alice") == "GRANT hr TO alice");
    CHECK(sent("INSERT INTO t VALUES (';')") == "INSERT INTO t VALUES (';')");
    CHECK(sent("BEGIN NULL; END;") == "BEGIN NULL; END;");
    CHECK(sent("BEGIN NULL; END") == "BEGIN NULL; END;");
    CHECK(sent("DECLARE n NUMBER; BEGIN n := 1; END;\n") == "DECLARE n NUMBER; BEGIN n := 1; END;");
    CHECK(sent("CREATE OR REPLACE FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END;").ends_with("END;"));
    CHECK(sent("CREATE EDITIONABLE PACKAGE p IS x NUMBER; END;").ends_with("END;"));
    CHECK(sent("CREATE TABLE t (a NUMBER);") == "CREATE TABLE t (a NUMBER)");
}

TEST_CASE("Oracle: what would want a value that nobody gives is refused, but for a trigger's :new and :old") {
    CHECK(sent("SELECT ? FROM DUAL").starts_with("refused: "));
    CHECK(sent("SELECT :x FROM DUAL").starts_with("refused: "));
    CHECK(sent("BEGIN :outcome := 1; END;").starts_with("refused: "));
    CHECK(sent("SELECT '? :x' || q'[it's ? :y]' FROM DUAL -- ? :z").starts_with("SELECT"));
    CHECK(sent("DECLARE n NUMBER; BEGIN n:=1; END;").starts_with("DECLARE"));
    CHECK(sent("CREATE OR REPLACE TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN :new.a := :old.a; END;")
              .starts_with("CREATE"));
}

std::string written(const std::vector<Change>& changes) {
    std::string text;
    for (const Statement& statement : oracle::write(changes, {})) {
        text += statement.sql;
        for (const std::uint32_t covered : statement.covers) text += " [" + std::to_string(covered) + "]";
        text += "\n";
    }
    return text;
}

TEST_CASE("Oracle: members of one role are granted and revoked in one statement") {
    CHECK(written({Grant{"HR", "ALICE", test::not_admin}, Grant{"HR", "say so", test::not_admin},
                   Grant{"HR", "BOB", test::as_admin}, Revoke{"HR", "CAROL", ""}, Revoke{"HR", "PUBLIC", ""}}) ==
          "GRANT \"HR\" TO \"ALICE\", \"say so\" [0] [1]\n"
          "GRANT \"HR\" TO \"BOB\" WITH ADMIN OPTION [2]\n"
          "REVOKE \"HR\" FROM \"CAROL\", PUBLIC [3] [4]\n");
}

TEST_CASE("Oracle: the admin option goes with the role, which comes back at once") {
    CHECK(
        written({AlterMembership{"HR", "ALICE", "", test::as_admin}, AlterMembership{"HR", "BOB", "", test::not_admin},
                 AlterMembership{"HR", "CAROL", "", {option::default_role, option::default_role}}}) ==
        "GRANT \"HR\" TO \"ALICE\" WITH ADMIN OPTION [0]\n"
        "REVOKE \"HR\" FROM \"BOB\" [1]\n"
        "GRANT \"HR\" TO \"BOB\" [1]\n");
}

TEST_CASE("Oracle: a role's mark is a row, written so that it may be written again") {
    CHECK(written({CreateRole{"HR", "it's ours"}, MarkRole{"X", "m"}}) ==
          "CREATE ROLE \"HR\" [0]\n"
          "UPDATE roost.role SET remark = 'it''s ours' WHERE name = 'HR' [0]\n"
          "INSERT INTO roost.role (name, remark) SELECT 'HR', 'it''s ours' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM "
          "roost.role WHERE name = 'HR') [0]\n"
          "UPDATE roost.role SET remark = 'm' WHERE name = 'X' [1]\n"
          "INSERT INTO roost.role (name, remark) SELECT 'X', 'm' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM roost.role "
          "WHERE name = 'X') [1]\n");
}

}  // namespace
}  // namespace roost::oracle_test
