#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "drivers/mariadb/parts.hpp"
#include "unit/drivers/options.hpp"

namespace roost {
namespace {

using test::as_admin;
using test::not_admin;

const Driver& mariadb_driver() { return *driver_named("mariadb"); }

std::string mariadb_written(const std::vector<Change>& changes) {
    std::string text;
    for (const Statement& statement : mariadb_driver().write(changes, {}))
        text += fmt::format("{}: {}\n", fmt::join(statement.covers, ","), statement.sql);
    return text;
}

// The attributes of a URL in their order, or why it is refused.
std::string mariadb_attributes(const std::string& parameters, std::string_view prefix = "jdbc:mariadb:") {
    const auto parts = mariadb::wanted({.url = Secret(fmt::format("{}//db:3307/pay?{}", prefix, parameters))});
    if (!parts) return parts.error().message;
    std::string text = parts->encrypted ? "encrypted " : "";
    for (const Attribute& attribute : parts->attributes)
        if (!attribute.is("Driver") && !attribute.is("OPTION") && !attribute.is("CHARSET"))
            text += fmt::format("{}={};", attribute.key, attribute.text);
    return text;
}

TEST_CASE("MariaDB's names are taken as they are, or refused") {
    struct Case {
        std::string name;
        std::string canonical;  // empty: refused
    };
    const std::string long_name(128, 'x');
    std::string wide_name;
    for (int i = 0; i < 128; ++i) wide_name += "é";
    const Case cases[] = {{"hr", "hr"},
                          {"Mixed `quoted` \"x\" ; 'y'", "Mixed `quoted` \"x\" ; 'y'"},
                          {" leading", " leading"},
                          {"日本", "日本"},
                          {long_name, long_name},
                          {wide_name, wide_name},
                          {long_name + "x", ""},
                          {wide_name + "é", ""},
                          {long_name + "@%", long_name + "@%"},
                          {"alice@%", "alice@%"},
                          {"alice@localhost", "alice@localhost"},
                          {"alice@LocalHost", "alice@localhost"},
                          {"ann@example.org@%", "ann@example.org@%"},
                          {"", ""},
                          {"trailing ", ""},
                          {"trailing @%", ""},
                          {"alice@host ", ""},
                          {"alice@", ""},
                          {"@localhost", ""},
                          {"Public", ""},
                          {"NONE", ""},
                          {"eagle🦅", ""},
                          {"a\xff", ""},
                          {std::string("a\0b", 3), ""}};
    for (const Case& test : cases) {
        INFO(test.name);
        const auto canonical = mariadb_driver().names.canonical(test.name);
        CHECK(canonical.value_or("") == test.canonical);
        if (!canonical) CHECK(canonical.error().kind == ErrorKind::usage);
    }
}

TEST_CASE("no role is called like an account on MariaDB") {
    const Names& names = mariadb_driver().names;
    CHECK(names.role("hr").value_or("") == "hr");
    CHECK(!names.role("none").has_value());
    for (const std::string_view name : {"a@b", "a@%", "@", "a@"}) {
        const auto refused = names.role(name);
        REQUIRE(!refused.has_value());
        CHECK(refused.error().kind == ErrorKind::usage);
        CHECK(refused.error().message.contains("with an @"));
    }
}

TEST_CASE("MariaDB's principals, identifiers and texts are quoted, whatever sql_mode says") {
    CHECK(mariadb_driver().names.quote("a`b") == "`a``b`");
    CHECK(mariadb_driver().names.quote("table@x") == "`table@x`");
    CHECK(mariadb::grantee("alice") == "`alice`");
    CHECK(mariadb::grantee("a`@x@%") == "`a``@x`@`%`");
    CHECK(mariadb::account("alice") == "`alice`@`%`");
    CHECK(mariadb::account("alice@localhost") == "`alice`@`localhost`");
    CHECK(mariadb_driver().names.literal("it's") == "'it''s'");
    CHECK(mariadb_driver().names.literal("\\'") == "_utf8mb4 x'5c27'");
}

TEST_CASE("MariaDB takes members of one role together, its marks are rows, and a default role is one account's") {
    const Options as_default{option::admin | option::default_role, option::default_role};
    const Options no_default{option::default_role, 0};
    const std::vector<Change> changes = {
        CreateRole{"new", "it's"},
        CreateRole{"bare", ""},
        MarkRole{"old", "c"},
        Grant{"r", "ann", not_admin},
        Grant{"r", "b`ob@localhost", not_admin},
        Grant{"r", "carol", as_admin},
        Grant{"r", "dan", as_default},
        Grant{"r", "eve@%", as_default},
        AlterMembership{"r", "fay", "", as_admin},
        AlterMembership{"r", "gil", "", not_admin},
        AlterMembership{"r", "hal", "", no_default},
        Revoke{"r", "hal", ""},
        Revoke{"r", "ivy", ""},
    };
    CHECK(mariadb_written(changes) ==
          R"(0: CREATE ROLE `new`
0: INSERT INTO roost.role (name, comment) VALUES ('new', 'it''s') ON DUPLICATE KEY UPDATE comment = VALUES(comment)
1: CREATE ROLE `bare`
2: INSERT INTO roost.role (name, comment) VALUES ('old', 'c') ON DUPLICATE KEY UPDATE comment = VALUES(comment)
3,4: GRANT `r` TO `ann`, `b``ob`@`localhost`
5: GRANT `r` TO `carol` WITH ADMIN OPTION
6: GRANT `r` TO `dan`
6: SET DEFAULT ROLE `r` FOR `dan`@`%`
7: GRANT `r` TO `eve`@`%`
7: SET DEFAULT ROLE `r` FOR `eve`@`%`
8: GRANT `r` TO `fay` WITH ADMIN OPTION
9: REVOKE ADMIN OPTION FOR `r` FROM `gil`
10: SET DEFAULT ROLE NONE FOR `hal`@`%`
11,12: REVOKE `r` FROM `hal`, `ivy`
)");
}

TEST_CASE("a MariaDB statement takes at most five hundred members") {
    std::vector<Change> changes;
    for (int i = 0; i < 1201; ++i) changes.push_back(Grant{"r", fmt::format("u{:04}", i), not_admin});
    const auto statements = mariadb_driver().write(changes, {});
    REQUIRE(statements.size() == 3);
    CHECK(statements[0].covers.size() == 500);
    CHECK(statements[2].covers.back() == 1200);
}

TEST_CASE("a MariaDB URL becomes the connector's attributes, TLS never weaker than asked") {
    const std::string at = "Database={pay};Server=db;Port=3307;";
    CHECK(mariadb_attributes("") == at + "FORCETLS=1;");
    CHECK(mariadb_attributes("user=a%3Bb&password=p%7D") == at + "Uid={a;b};Pwd={p}}};FORCETLS=1;");
    CHECK(mariadb_attributes("sslMode=disable") == at);
    CHECK(mariadb_attributes("sslMode=DISABLED", "jdbc:mysql:") == at);
    CHECK(mariadb_attributes("sslMode=PREFERRED", "jdbc:mysql:") == at + "FORCETLS=1;");
    CHECK(mariadb_attributes("sslMode=trust") == "encrypted " + at + "FORCETLS=1;");
    CHECK(mariadb_attributes("sslMode=REQUIRED", "jdbc:mysql:") == "encrypted " + at + "FORCETLS=1;");
    const std::string verified = "encrypted " + at + "FORCETLS=1;SSLVERIFY=1;SSLCA={/ca.pem};";
    for (const std::string mode : {"sslMode=verify-ca&", "sslMode=verify-full&", "sslMode=VERIFY_CA&",
                                   "sslMode=VERIFY_IDENTITY&", "useSsl=true&", ""})
        CHECK(mariadb_attributes(mode + "serverSslCert=/ca.pem") == verified);
    CHECK(mariadb_attributes("useSSL=true&requireSSL=true&verifyServerCertificate=false") ==
          "encrypted " + at + "FORCETLS=1;");
    CHECK(mariadb_attributes("useSSL=false") == at);
    CHECK(mariadb_attributes("connectTimeout=1500&socketTimeout=0") == at + "FORCETLS=1;CONN_TIMEOUT=2;");
    CHECK(mariadb_attributes("socketTimeout=30000") == at + "FORCETLS=1;READ_TIMEOUT=30;WRITE_TIMEOUT=30;");
    CHECK(mariadb_attributes("localSocket=/run/m.sock&sslMode=disable") == "Database={pay};Socket={/run/m.sock};");
}

TEST_CASE("a MariaDB URL that cannot be kept is refused, with its reason") {
    for (const auto& [parameters, reason] : {
             std::pair{"sslMode=verify-full", "serverSslCert"},
             {"useSsl=true", "serverSslCert"},
             {"sslMode=trust&serverSslCert=/ca.pem", "would not look at it"},
             {"sslMode=disable&useSsl=true&serverSslCert=/ca.pem", "weaker"},
             {"useSSL=false&requireSSL=true", "contradicts"},
             {"sslMode=maybe", "no such value"},
             {"useSsl=yes", "neither true nor false"},
             {"connectTimeout=1s", "no whole number"},
             {"allowLoadLocalInfile=true", "no parameter that roost knows"},
         }) {
        INFO(parameters);
        CHECK(mariadb_attributes(parameters).contains(reason));
    }
    for (const std::string url : {"jdbc:mariadb://a,b/pay", "jdbc:mariadb:replication://a/pay", "jdbc:mariadb://a/",
                                  "jdbc:mysql:loadbalance://a/pay"}) {
        INFO(url);
        const auto checked = mariadb_driver().check({.url = Secret(url)});
        REQUIRE(!checked.has_value());
        CHECK(checked.error().kind == ErrorKind::usage);
    }
}

TEST_CASE("a connection string to MariaDB keeps its words, and gets what the connector needs") {
    const auto parts = mariadb::wanted({.odbc = Secret("Driver=x;Server=h;OPTION=4;SSLVERIFY=1"), .user = "u"});
    REQUIRE(parts.has_value());
    CHECK(find(parts->attributes, "OPTION")->value() == "67108868");
    CHECK(find(parts->attributes, "CHARSET")->value() == "utf8mb4");
    CHECK(find(parts->attributes, "Uid")->value() == "u");
    CHECK(parts->encrypted);
    CHECK(!mariadb_driver().check({.odbc = Secret("Driver=x;CHARSET=latin1")}).has_value());
    CHECK(!mariadb_driver().check({.odbc = Secret("Driver=x;Uid=a"), .user = "b"}).has_value());
    const auto secrets = mariadb_driver().secrets({.odbc = Secret("Driver=x;Pwd={s;1}")});
    REQUIRE(secrets.size() == 1);
    CHECK(secrets[0].reveal() == "s;1");
}

TEST_CASE("MariaDB's errors are told by number, and by text where a number is shared") {
    struct Case {
        int native;
        std::string sqlstate, message;
        Fault fault;
        bool retry;
    };
    const Case cases[] = {
        {1396, "HY000", "Operation CREATE ROLE failed for 'r'", Fault::exists, false},
        {1396, "HY000", "Operation DROP ROLE failed for 'r'", Fault::missing, false},
        {1959, "OP000", "Invalid role specification `r`", Fault::missing, false},
        {1133, "28000", "Can't find any matching row in the user table", Fault::missing, false},
        {1961, "HY000", "Cannot grant role 'r' to: 'r'", Fault::circular, false},
        {1962, "HY000", "Cannot revoke role 'r' from: 'u'@'%'", Fault::not_a_member, false},
        {1227, "42000", "you need (at least one of) the CREATE USER privilege(s)", Fault::denied, false},
        {1698, "28000", "Access denied for user", Fault::denied, false},
        {1142, "42000", "SELECT command denied", Fault::denied, false},
        {1205, "HY000", "Lock wait timeout exceeded", Fault::lock_timeout, true},
        {1213, "40001", "Deadlock found", Fault::conflict, true},
        {1064, "42000", "syntax", Fault::syntax, false},
        {1045, "28000", "Access denied for user", Fault::login, false},
        {1049, "42000", "Unknown database", Fault::missing, false},
        {2002, "HY000", "Can't connect", Fault::unreachable, true},
        {2013, "08S01", "Lost connection", Fault::connection_lost, false},
        {5014, "HY000", "Read timeout", Fault::connection_lost, false},
        {0, "08003", "Connection not open", Fault::connection_lost, false},
        {4242, "HY000", "something new", Fault::unknown, false},
    };
    for (const Case& test : cases) {
        INFO(test.native, " ", test.message);
        const Diagnosis found =
            mariadb_driver().diagnose({.message = test.message, .sqlstate = test.sqlstate, .native = test.native});
        CHECK(found.fault == test.fault);
        CHECK(found.retry == test.retry);
    }
}

TEST_CASE("a script may not replace a role: it would lose its memberships without a word") {
    for (const std::string statement :
         {"CREATE OR REPLACE ROLE hr", "create or /* x */ replace role hr",
          "BEGIN NOT ATOMIC CREATE OR REPLACE ROLE hr; END", "/*!50003 CREATE*/ /*! OR REPLACE */ ROLE hr"}) {
        const auto sent = mariadb_driver().sendable(statement);
        REQUIRE(!sent.has_value());
        CHECK(sent.error().message.contains("CREATE OR REPLACE ROLE"));
    }
    CHECK(mariadb_driver().sendable("CREATE OR REPLACE VIEW role AS SELECT 'CREATE OR REPLACE ROLE'").has_value());
    CHECK(!mariadb_driver().sendable("HANDLER t READ FIRST").has_value());
}

TEST_CASE("a script may not say in which encoding its texts are sent: the connector does not follow") {
    for (const std::string statement :
         {"SET NAMES latin1", "set names 'latin1' COLLATE 'latin1_bin'", "SET CHARACTER SET cp850"})
        CHECK(mariadb_driver().sendable(statement).error().message.contains("utf8mb4"));
    CHECK(mariadb_driver().sendable("/*!40101 SET NAMES latin1 */").error().message.contains("utf8mb4"));
    for (const std::string statement : {"SET NAMES utf8mb4", "SET NAMES 'utf8'"})
        CHECK(mariadb_driver().sendable(statement).value() == fmt::format("BEGIN NOT ATOMIC {}\n; END", statement));
    CHECK(mariadb_driver().sendable("SET foreign_key_checks = 0").value() == "SET foreign_key_checks = 0");
}

// A comment for other versions is nothing to the server: in a compound statement it was an error.
TEST_CASE("what stands in a comment that is executed is prepared, or sent as it is where it has no rows") {
    const auto sent = [](const std::string& statement) { return mariadb_driver().sendable(statement).value(); };
    const auto prepared = [](const std::string& statement) {
        return fmt::format("BEGIN NOT ATOMIC EXECUTE IMMEDIATE '{}'; END", statement);
    };
    for (const std::string statement :
         {"/*!40101 SET SQL_MODE='ANSI' */", "/*!999999\\- x */ /*!40101 SET SQL_MODE='ANSI' */",
          "SELECT /*!50003 1 */", "/*! CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1 */"})
        CHECK(sent(statement) == statement);
    for (const std::string statement :
         {"/*!50003 SELECT 4 */", "/*!999999 garbage */", "/*!80013 SET nothing = 1 */", "/*!40101 SET NAMES utf8 */",
          "HELP contents",
          "/*!50003 CREATE*/ /*!50003 TRIGGER g BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = 1; END */"})
        CHECK(sent(statement) == prepared(statement));
}

}  // namespace
}  // namespace roost
