// Role DDL in the spelling of engines other than PostgreSQL: what recognise_test.cpp says holds there too.
#include <doctest/doctest.h>

#include "core/after.hpp"
#include "core/recognise.hpp"
#include "support/plan_text.hpp"
#include "unit/core/split_rules.hpp"

namespace recognise_engines_test {

using namespace roost;
using roost::test::lines;

namespace {

std::string read(std::string_view sql, const SplitRules& rules, Folding folding) {
    const auto changes = recognise(sql, rules, folding);
    return changes ? test::text(*changes) : "opaque";
}
std::string sqlserver(std::string_view sql) { return read(sql, test::sqlserver, Folding::none); }
std::string oracle(std::string_view sql) { return read(sql, test::oracle, Folding::upper); }
std::string mariadb(std::string_view sql) { return read(sql, test::mariadb, Folding::none); }

}  // namespace

TEST_CASE("SQL Server: roles and users are created and dropped") {
    CHECK(sqlserver("CREATE ROLE [guinea pigs]") == "create guinea pigs\n");
    CHECK(sqlserver("CREATE ROLE Hr AUTHORIZATION [dbo];") == "create Hr\n");
    CHECK(sqlserver("CREATE USER alice WITHOUT LOGIN") == "create user alice\n");
    CHECK(sqlserver("CREATE USER alice") == "create user alice\n");
    CHECK(sqlserver("CREATE USER [a]]b] FOR LOGIN [l] WITH DEFAULT_SCHEMA = [s]") == "create user a]b\n");
    CHECK(sqlserver("CREATE USER alice FROM LOGIN l") == "create user alice\n");
    CHECK(sqlserver("DROP ROLE IF EXISTS hr") == "drop hr\n");
    CHECK(sqlserver("DROP USER \"alice\"") == "drop alice\n");
}

TEST_CASE("SQL Server: members are added and dropped") {
    CHECK(sqlserver("ALTER ROLE [hr] ADD MEMBER [alice];") == "grant hr to alice\n");
    CHECK(sqlserver("alter role hr drop member alice") == "revoke hr from alice\n");
    CHECK(sqlserver("EXEC sp_addrolemember 'hr', N'it''s'") == "grant hr to it's\n");
    CHECK(sqlserver("EXECUTE sys.sp_addrolemember hr, [alice]") == "grant hr to alice\n");
    CHECK(sqlserver("exec SP_DROPROLEMEMBER @rolename = N'hr', @membername = 'alice'") == "revoke hr from alice\n");
}

TEST_CASE("SQL Server: a grant is about rights, never about roles") {
    CHECK(sqlserver("GRANT SELECT ON OBJECT::dbo.t TO hr") == "");
    CHECK(sqlserver("GRANT CREATE TABLE, EXECUTE TO hr WITH GRANT OPTION") == "");
    CHECK(sqlserver("REVOKE hr FROM alice") == "");
}

TEST_CASE("SQL Server: every statement of a batch is read, or none") {
    CHECK(sqlserver("CREATE ROLE a; CREATE ROLE b;\nALTER ROLE a ADD MEMBER b;") ==
          "create a\ncreate b\ngrant a to b\n");
    CHECK(sqlserver("CREATE ROLE a;; SELECT 1; GRANT SELECT ON t TO a") == "create a\n");
    for (const std::string_view sql : {"CREATE ROLE a CREATE ROLE b",
                                       "CREATE ROLE a\nALTER ROLE a ADD MEMBER b",
                                       "CREATE ROLE a; EXEC p",
                                       "IF 1 = 1 CREATE ROLE a",
                                       "CREATE ROLE a; IF 1 = 1 DROP ROLE a; CREATE ROLE b",
                                       "DECLARE @x int; CREATE ROLE a",
                                       "BEGIN CREATE ROLE a; END",
                                       "SELECT 1 EXEC p",
                                       "ALTER ROLE a ADD MEMBER b, c",
                                       "ALTER ROLE a WITH NAME = b",
                                       "ALTER ROLE a ADD MEMBER b DROP ROLE c",
                                       "EXEC sp_addrolemember 'a'",
                                       "EXEC sp_addrolemember 'a', 'b', 'c'",
                                       "EXEC sp_addrolemember @a, @b",
                                       "EXEC sp_addrolemember @membername = 'a', @rolename = 'b'",
                                       "EXEC @rc = sp_addrolemember 'a', 'b'",
                                       "EXEC sp_addrole 'a'",
                                       "EXEC x.sp_addrolemember 'a', 'b'",
                                       "CREATE ROLE a AUTHORIZATION",
                                       "CREATE USER a FOR CERTIFICATE c",
                                       "CREATE USER a WITH PASSWORD = 'x'"}) {
        CAPTURE(sql);
        CHECK(sqlserver(sql) == "opaque");
    }
}

TEST_CASE("Oracle: names fold to upper case, and options of log-ins are passed over") {
    CHECK(oracle("CREATE ROLE guineapigs") == "create GUINEAPIGS\n");
    CHECK(oracle("create role \"Hr\" not identified") == "create Hr\n");
    CHECK(oracle("CREATE USER alice IDENTIFIED BY \"x;y\" DEFAULT TABLESPACE users QUOTA 1M ON users ACCOUNT LOCK") ==
          "create user ALICE\n");
    CHECK(oracle("CREATE USER alice NO AUTHENTICATION") == "create user ALICE\n");
    CHECK(oracle("DROP USER alice CASCADE") == "drop ALICE\n");
    CHECK(oracle("DROP ROLE hr") == "drop HR\n");
}

TEST_CASE("Oracle: roles are told from rights, whose names have several words") {
    CHECK(oracle("GRANT hr, \"Staff\" TO alice, bob WITH ADMIN OPTION") == lines(R"(
        grant HR to ALICE (admin)
        grant HR to BOB (admin)
        grant Staff to ALICE (admin)
        grant Staff to BOB (admin)
    )"));
    CHECK(oracle("GRANT CREATE SESSION, hr, SELECT ANY TABLE TO alice") == "grant HR to ALICE\n");
    CHECK(oracle("GRANT CREATE SESSION, UNLIMITED TABLESPACE TO alice, PUBLIC WITH ADMIN OPTION") == "");
    CHECK(oracle("GRANT SELECT ON hr.t TO alice") == "");
    CHECK(oracle("REVOKE hr, CREATE SESSION FROM alice") == "revoke HR from ALICE\n");
    CHECK(oracle("REVOKE CREATE SESSION FROM alice") == "");
    CHECK(oracle("GRANT c##hr TO alice") == "grant C##HR to ALICE\n");
}

TEST_CASE("Oracle: what is not sure is opaque") {
    for (const std::string_view sql :
         {"CREATE ROLE hr IDENTIFIED BY x", "CREATE ROLE hr IDENTIFIED USING p", "GRANT hr TO PUBLIC",
          "GRANT hr TO alice IDENTIFIED BY x", "GRANT hr TO alice WITH DELEGATE OPTION", "GRANT CONNECT TO alice",
          "ALTER USER alice DEFAULT ROLE NONE", "SET ROLE hr", "DROP ROLE hr CASCADE", "CREATE USER alice",
          "CREATE USER alice QUOTA 1M ON users", "GRANT hr CREATE TO alice, bob x", "BEGIN EXECUTE IMMEDIATE 'x'; END;",
          "CREATE USER alice IDENTIFIED BY x; DROP ROLE hr", "EXEC sp_addrolemember 'a', 'b'",
          "ALTER ROLE a ADD MEMBER b"}) {
        CAPTURE(sql);
        CHECK(oracle(sql) == "opaque");
    }
}

TEST_CASE("MariaDB: an account of any host goes by its user's name") {
    CHECK(mariadb("CREATE USER 'u'@'h' IDENTIFIED BY 'p''w'") == "create user u@h\n");
    CHECK(mariadb("CREATE USER u@'%' IDENTIFIED BY PASSWORD '*x'") == "create user u\n");
    CHECK(mariadb("CREATE USER IF NOT EXISTS `U`@Host.") == "opaque");
    CHECK(mariadb("CREATE USER IF NOT EXISTS `U`@Host") == "create user U@host\n");
    CHECK(mariadb("CREATE USER \"a b\", 'c'@'10.0.0.1' IDENTIFIED VIA unix_socket OR ed25519 USING PASSWORD('x'), d") ==
          "create user a b\ncreate user c@10.0.0.1\ncreate user d\n");
    CHECK(mariadb("CREATE USER u IDENTIFIED WITH mysql_native_password AS '*x' REQUIRE SSL WITH MAX_USER_CONNECTIONS 2 "
                  "ACCOUNT LOCK") == "create user u\n");
    CHECK(mariadb("GRANT hr TO u1, 'u'@'h', `v`@`%`") == "grant hr to u1\ngrant hr to u@h\ngrant hr to v\n");
    CHECK(mariadb("GRANT 'hr' TO alice WITH ADMIN OPTION") == "grant hr to alice (admin)\n");
    CHECK(mariadb("REVOKE hr FROM 'u'@'H'") == "revoke hr from u@h\n");
    CHECK(mariadb("REVOKE ADMIN OPTION FOR hr FROM u") == "alter hr for u (admin off)\n");
    CHECK(mariadb("DROP USER IF EXISTS u@localhost, v") == "drop u@localhost\ndrop v\n");
    CHECK(mariadb("GRANT SELECT ON d.* TO 'u'@'h' WITH GRANT OPTION") == "");
}

TEST_CASE("MariaDB: roles with their administrators, and default roles") {
    CHECK(mariadb("CREATE ROLE hr") == "create hr\n");
    CHECK(mariadb("CREATE ROLE IF NOT EXISTS `Hr`, staff") == "create Hr\ncreate staff\n");
    CHECK(mariadb("CREATE ROLE hr WITH ADMIN 'u'@'h'") == "create hr\ngrant hr to u@h (admin)\n");
    CHECK(mariadb("CREATE ROLE hr WITH ADMIN CURRENT_USER") == "create hr\n");
    CHECK(mariadb("DROP ROLE IF EXISTS hr, staff") == "drop hr\ndrop staff\n");
    CHECK(mariadb("SET DEFAULT ROLE hr FOR 'u'@'%'") == "alter hr for u (default)\n");
}

TEST_CASE("MariaDB: what is not sure is opaque") {
    for (const std::string_view sql : {"CREATE OR REPLACE ROLE hr",
                                       "CREATE OR REPLACE USER u",
                                       "CREATE ROLE IF NOT EXISTS hr WITH ADMIN u",
                                       "CREATE ROLE hr WITH ADMIN",
                                       "SET DEFAULT ROLE hr",
                                       "SET DEFAULT ROLE NONE FOR u",
                                       "SET ROLE hr",
                                       "GRANT hr TO u@",
                                       "GRANT hr TO u@''",
                                       "GRANT hr TO CURRENT_USER",
                                       "GRANT hr TO 'u@h'",
                                       "GRANT hr TO ''",
                                       "REVOKE ALL PRIVILEGES, GRANT OPTION FROM u",
                                       "CREATE USER u IDENTIFIED",
                                       "CREATE USER u IDENTIFIED BY x",
                                       "CREATE USER u DEFAULT ROLE hr",
                                       "CREATE USER u ACCOUNT LOCK; DROP ROLE hr",
                                       "RENAME USER a TO b",
                                       "GRANT USAGE ON *.* TO u IDENTIFIED BY 'x'",
                                       "/*!50000 DROP ROLE hr */",
                                       "GRANT hr TO alice /*! , bob */",
                                       "DROP USER u CASCADE"}) {
        CAPTURE(sql);
        CHECK(mariadb(sql) == "opaque");
    }
}

TEST_CASE("a role that exists is not created again") {
    const RoleGraph graph({{.name = "hr"}, {.name = "u@h", .kind = PrincipalKind::user}}, {});
    const auto changed = [&graph](std::string_view sql) {
        return test::text(effects(graph, {*recognise(sql, test::mariadb, Folding::none)}).front());
    };
    CHECK(changed("CREATE ROLE IF NOT EXISTS hr") == "");
    CHECK(changed("CREATE USER IF NOT EXISTS u@h") == "");
    CHECK(changed("CREATE USER IF NOT EXISTS u") == "create user u\n");
    CHECK(changed("CREATE ROLE IF NOT EXISTS staff") == "create staff\n");
}

TEST_CASE("memberships of a role that may exist already are not guessed") {
    CHECK(read("CREATE ROLE IF NOT EXISTS hr ROLE alice", test::postgresql, Folding::lower) == "opaque");
    CHECK(read("CREATE ROLE hr ROLE alice", test::postgresql, Folding::lower) == "create hr\ngrant hr to alice\n");
}

}  // namespace recognise_engines_test
