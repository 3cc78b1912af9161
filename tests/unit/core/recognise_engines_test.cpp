// Role DDL in the spelling of engines other than PostgreSQL: what recognise_test.cpp says holds there too.
#include <doctest/doctest.h>

#include "core/recognise.hpp"
#include "support/deeds_text.hpp"
#include "unit/core/split_rules.hpp"

namespace recognise_engines_test {

using namespace roost;
using roost::test::lines;

namespace {

std::string read(std::string_view sql, const SplitRules& rules, Folding folding) {
    return test::text(recognise(sql, rules, folding));
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
    CHECK(sqlserver("DROP ROLE IF EXISTS hr") == "drop hr [if needed]\n");
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
    CHECK(sqlserver("GRANT SELECT ON OBJECT::dbo.t TO hr") == "needs hr\n");
    CHECK(sqlserver("GRANT CREATE TABLE, EXECUTE TO hr WITH GRANT OPTION") == "needs hr\n");
    CHECK(sqlserver("REVOKE hr FROM alice") == "needs alice\n");
}

TEST_CASE("SQL Server: every statement of a batch is read, or none") {
    CHECK(sqlserver("CREATE ROLE a; CREATE ROLE b;\nALTER ROLE a ADD MEMBER b;") ==
          "create a\ncreate b\ngrant a to b\n");
    CHECK(sqlserver("CREATE ROLE a;; SELECT 1; GRANT SELECT ON t TO a") == "create a\nneeds a\n");
    CHECK(sqlserver("CREATE ROLE a CREATE ROLE b") == "create a\ncreate b\n");
    CHECK(sqlserver("CREATE ROLE a\nALTER ROLE a ADD MEMBER b") == "create a\ngrant a to b\n");
    CHECK(sqlserver("BEGIN CREATE ROLE a; END") == "create a\n");
    CHECK(sqlserver("EXEC sp_addrole 'a'; EXEC sp_droprole 'b'") == "create a\ndrop b\n");
    for (const std::string_view sql : {"CREATE ROLE a; EXEC p",
                                       "SELECT 1 RETURN; CREATE ROLE a",
                                       "SET XACT_ABORT OFF; CREATE ROLE a",
                                       "BEGIN TRY CREATE ROLE a; END TRY BEGIN CATCH END CATCH",
                                       "CREATE ROLE IF NOT EXISTS a",
                                       "IF 1 = 1 CREATE ROLE a",
                                       "CREATE ROLE a; IF 1 = 1 DROP ROLE a; CREATE ROLE b",
                                       "DECLARE @x int; CREATE ROLE a",
                                       "SELECT 1 EXEC p",
                                       "ALTER ROLE a ADD MEMBER b, c",
                                       "ALTER ROLE a WITH NAME = b",
                                       "EXEC sp_addrolemember 'a'",
                                       "EXEC sp_addrolemember 'a', 'b', 'c'",
                                       "EXEC sp_addrolemember @a, @b",
                                       "EXEC sp_addrolemember @membername = 'a', @rolename = 'b'",
                                       "EXEC @rc = sp_addrolemember 'a', 'b'",
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
    CHECK(oracle("GRANT CREATE SESSION, UNLIMITED TABLESPACE TO alice, PUBLIC WITH ADMIN OPTION") == "needs ALICE\n");
    CHECK(oracle("GRANT SELECT ON hr.t TO alice") == "needs ALICE\n");
    CHECK(oracle("REVOKE hr, CREATE SESSION FROM alice") == "revoke HR from ALICE\n");
    CHECK(oracle("REVOKE CREATE SESSION FROM alice") == "needs ALICE\n");
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
    CHECK(mariadb("CREATE USER IF NOT EXISTS `U`@Host") == "create user U@host [if needed]\n");
    CHECK(mariadb("CREATE USER \"a b\", 'c'@'10.0.0.1' IDENTIFIED VIA unix_socket OR ed25519 USING PASSWORD('x'), d") ==
          "create user a b\ncreate user c@10.0.0.1\ncreate user d\n");
    CHECK(mariadb("CREATE USER u IDENTIFIED WITH mysql_native_password AS '*x' REQUIRE SSL WITH MAX_USER_CONNECTIONS 2 "
                  "ACCOUNT LOCK") == "create user u\n");
    CHECK(mariadb("GRANT hr TO u1, 'u'@'h', `v`@`%`") == "grant hr to u1\ngrant hr to u@h\ngrant hr to v\n");
    CHECK(mariadb("GRANT 'hr' TO alice WITH ADMIN OPTION") == "grant hr to alice (admin)\n");
    CHECK(mariadb("REVOKE hr FROM 'u'@'H'") == "revoke hr from u@h\n");
    CHECK(mariadb("REVOKE ADMIN OPTION FOR hr FROM u") == "alter hr for u (admin off)\n");
    CHECK(mariadb("DROP USER IF EXISTS u@localhost, v") == "drop u@localhost [if needed]\ndrop v [if needed]\n");
    CHECK(mariadb("GRANT SELECT ON d.* TO 'u'@'h' WITH GRANT OPTION") == "needs u@h\n");
}

TEST_CASE("MariaDB: roles with their administrators, and default roles") {
    CHECK(mariadb("CREATE ROLE hr") == "create hr\n");
    CHECK(mariadb("CREATE ROLE IF NOT EXISTS `Hr`, staff") == "create Hr [if needed]\ncreate staff [if needed]\n");
    CHECK(mariadb("CREATE ROLE hr WITH ADMIN 'u'@'h'") == "create hr\ngrant hr to u@h (admin)\n");
    CHECK(mariadb("CREATE ROLE hr WITH ADMIN CURRENT_USER") == "create hr\n");
    CHECK(mariadb("DROP ROLE IF EXISTS hr, staff") == "drop hr [if needed]\ndrop staff [if needed]\n");
    CHECK(mariadb("CREATE OR REPLACE ROLE hr") == "if role hr {\n?\n}\nelse {\ncreate hr\n}\n");
    CHECK(mariadb("SET DEFAULT ROLE hr FOR 'u'@'%'") == "alter hr for u (default)\n");
}

TEST_CASE("MariaDB: what is not sure is opaque") {
    for (const std::string_view sql : {"CREATE OR REPLACE USER u",
                                       "GRANT hr, staff TO u",
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

}  // namespace recognise_engines_test
