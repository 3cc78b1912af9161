// The statements, views and errors of SQL Server that the model speaks, as the references give them.
#include <fstream>
#include <string>

#include "unit/model/server.hpp"

namespace test = roost::test;

namespace {

std::string members(roost::Connection& connection) {
    return test::rows(connection,
                      "SELECT r.name AS role, m.name AS member FROM sys.database_role_members x\n"
                      "JOIN sys.database_principals r ON r.principal_id = x.role_principal_id\n"
                      "JOIN sys.database_principals m ON m.principal_id = x.member_principal_id\n"
                      "WHERE m.name <> N'dbo' ORDER BY 1, 2");
}

}  // namespace

TEST_CASE("SQL Server: roles are made, filled, emptied and dropped, each error with its number") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    auto& c = *connection;
    test::run(c,
              "CREATE ROLE [hr] AUTHORIZATION [dbo]; CREATE USER alice WITHOUT LOGIN; ALTER ROLE hr ADD MEMBER alice");
    CHECK(members(c) == "hr alice");
    CHECK(test::number(c, "CREATE ROLE HR") == 15023);  // the collation folds
    CHECK(test::number(c, "CREATE USER hr WITHOUT LOGIN") == 15023);
    CHECK(test::number(c, "ALTER ROLE hr ADD MEMBER nobody") == 15151);
    CHECK(test::number(c, "ALTER ROLE nothing ADD MEMBER alice") == 15151);
    CHECK(test::number(c, "DROP ROLE nothing") == 15151);
    CHECK(test::number(c, "DROP ROLE hr") == 15144);
    CHECK(test::number(c, "ALTER ROLE public ADD MEMBER alice") == 15081);
    CHECK(test::number(c, "ALTER ROLE hr ADD MEMBER dbo") == 15405);
    CHECK(test::number(c, "ALTER ROLE hr ADD MEMBER hr") == 15413);
    test::run(c, "CREATE ROLE inner_role; ALTER ROLE hr ADD MEMBER inner_role");
    CHECK(test::number(c, "ALTER ROLE inner_role ADD MEMBER hr") == 15413);
    test::run(c, "ALTER ROLE hr ADD MEMBER alice; ALTER ROLE inner_role DROP MEMBER alice");  // silently
    test::run(c,
              "EXEC sp_droprolemember 'hr', 'alice'; ALTER ROLE hr DROP MEMBER inner_role; DROP ROLE hr; DROP ROLE IF "
              "EXISTS hr");
    test::run(c, "CREATE SCHEMA s AUTHORIZATION inner_role");
    CHECK(test::number(c, "DROP ROLE inner_role") == 15138);
    CHECK(members(c).empty());
}

TEST_CASE("SQL Server: guards run what they guard only when it is needed") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    constexpr std::string_view script =
        "IF DATABASE_PRINCIPAL_ID(N'guineapigs') IS NULL CREATE ROLE [guineapigs] AUTHORIZATION [dbo];\n"
        "IF DATABASE_PRINCIPAL_ID(N'alice') IS NULL BEGIN CREATE USER alice WITHOUT LOGIN END\n"
        "IF NOT EXISTS (SELECT 1 FROM sys.database_role_members m\n"
        "   WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(N'guineapigs')\n"
        "     AND m.member_principal_id = DATABASE_PRINCIPAL_ID(N'alice'))\n"
        "  ALTER ROLE [guineapigs] ADD MEMBER [alice];\n"
        "IF SCHEMA_ID(N'dev') IS NULL EXEC(N'CREATE SCHEMA [dev]') ELSE PRINT 'there'";
    CHECK(test::run(*connection, script).empty());
    CHECK(test::run(*connection, script).size() == 1);
    CHECK(members(*connection) == "guineapigs alice");
    CHECK(test::number(*connection, "PRINT 'x'; CREATE SCHEMA late") == 111);
}

TEST_CASE("SQL Server: IS_ROLEMEMBER follows nesting, and is NULL for what is not there") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    test::run(*connection,
              "CREATE ROLE a; CREATE ROLE b; CREATE USER u WITHOUT LOGIN; ALTER ROLE a ADD MEMBER b; ALTER ROLE b ADD "
              "MEMBER u");
    CHECK(test::rows(*connection,
                     "SELECT IS_ROLEMEMBER('a', 'u'), IS_ROLEMEMBER('b', 'a'), IS_ROLEMEMBER('a', 'dbo'), "
                     "IS_ROLEMEMBER('x', 'u'), IS_ROLEMEMBER('a', 'x'), IS_ROLEMEMBER('u', 'u')") == "1 0 0 - - -");
}

TEST_CASE("SQL Server: role DDL is transactional, down to a savepoint") {
    const test::Model model("sqlserver");
    const auto connection = model.connect(), other = model.connect();
    auto& c = *connection;
    test::run(c, "BEGIN TRAN; CREATE ROLE a; SAVE TRANSACTION s; CREATE ROLE b; ROLLBACK TRANSACTION s; CREATE ROLE c");
    constexpr std::string_view roles =
        "SELECT name FROM sys.database_principals WHERE type = 'R' AND is_fixed_role = 0 AND principal_id > 0 ORDER BY "
        "name";
    CHECK(test::rows(*other, roles).empty());  // not committed yet
    test::run(c, "COMMIT");
    CHECK(test::rows(*other, roles) == "a; c");
    REQUIRE(connection->begin().has_value());
    test::run(c, "DROP ROLE a");
    REQUIRE(connection->rollback().has_value());
    CHECK(test::rows(c, roles) == "a; c");
    CHECK(test::number(c, "COMMIT") == 3902);
    CHECK(test::number(c, "ROLLBACK") == 3903);
}

TEST_CASE("SQL Server: an error leaves the rest of the batch to run, and with XACT_ABORT takes the transaction back") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    auto& c = *connection;
    CHECK(test::number(c, "CREATE ROLE a; DROP ROLE nothing; CREATE ROLE b") == 15151);
    CHECK(test::rows(c, "SELECT COUNT(*) FROM sys.database_principals WHERE name IN ('a', 'b')") == "2");
    test::run(c, "SET XACT_ABORT ON");
    CHECK(test::number(c, "BEGIN TRAN; DROP ROLE a; DROP ROLE nothing; CREATE ROLE c") == 15151);
    CHECK(test::rows(c, "SELECT @@TRANCOUNT, DATABASE_PRINCIPAL_ID('c')") == "0 -");
    CHECK(test::number(c, "BEGIN TRAN; RAISERROR('x', 16, 1); CREATE ROLE d; COMMIT") == 50000);  // spared
    CHECK(test::rows(c, "SELECT COUNT(*) FROM sys.database_principals WHERE name IN ('a', 'd')") == "2");
    CHECK(test::number(c, "THROW 50001, 'thrown', 1; CREATE ROLE e") == 50001);
    CHECK(test::rows(c, "SELECT DATABASE_PRINCIPAL_ID('e')") == "-");
}

TEST_CASE("SQL Server: TRY and CATCH, loops, variables and text that is run") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    CHECK(test::rows(*connection,
                     "BEGIN TRY DROP ROLE nothing; PRINT 'never' END TRY\n"
                     "BEGIN CATCH SELECT ERROR_NUMBER(), XACT_STATE() END CATCH") == "15151 0");
    CHECK(test::rows(*connection,
                     "DECLARE @i int = 0, @sql nvarchar(max);\n"
                     "WHILE @i < 3 BEGIN SET @i = @i + 1; SET @sql = N'CREATE ROLE ' + QUOTENAME(N'r' + CAST(@i AS "
                     "nvarchar(9)));\n"
                     "EXEC sp_executesql @sql END; SELECT @sql = name FROM sys.database_principals WHERE name LIKE "
                     "N'r[2]'; SELECT @i, @sql") == "3 r2");
}

TEST_CASE("SQL Server: application locks keep sessions apart and tell who holds them") {
    const test::Model model("sqlserver");
    const auto first = model.connect(), second = model.connect();
    constexpr std::string_view take =
        "DECLARE @rc int; EXEC @rc = sp_getapplock @Resource = N'roost', @LockMode = 'Exclusive', @LockOwner = "
        "'Session', "
        "@LockTimeout = 0; SELECT @rc";
    CHECK(test::rows(*first, take) == "0");
    CHECK(test::rows(*second, take) == "-1");
    CHECK(test::rows(*second,
                     "SELECT s.login_name FROM sys.dm_tran_locks l JOIN sys.dm_exec_sessions s ON s.session_id = "
                     "l.request_session_id WHERE l.resource_type = 'APPLICATION' AND l.resource_description LIKE "
                     "'%:[[]roost]:%'") == "sa");
    test::run(*first, "EXEC sp_releaseapplock @Resource = N'roost', @LockOwner = 'Session'");
    CHECK(test::rows(*second, take) == "0");
    CHECK(test::number(*first, "EXEC sp_releaseapplock @Resource = N'roost', @LockOwner = 'Session'") == 1223);
}

TEST_CASE("SQL Server: an account sees and may do no more than it was given") {
    const test::Model model("sqlserver");
    const auto admin = model.connect();
    test::run(*admin, "CREATE DATABASE payroll");
    const auto owner = model.connect("Database=payroll;Uid=sa");
    test::run(*owner,
              "CREATE LOGIN limited WITH PASSWORD = N'x'; CREATE USER limited FOR LOGIN limited; CREATE ROLE mine; "
              "CREATE ROLE other; ALTER ROLE mine ADD MEMBER limited; CREATE TABLE dbo.t (a int)");
    const auto connection = model.connect("Database=payroll;Uid=limited");
    auto& c = *connection;
    CHECK(test::rows(c, "SELECT HAS_PERMS_BY_NAME(NULL, 'DATABASE', 'VIEW DEFINITION'), USER_NAME()") == "0 limited");
    CHECK(members(c) == "mine limited");
    CHECK(test::rows(c, "SELECT DATABASE_PRINCIPAL_ID('other'), OBJECT_ID('dbo.t')") ==
          "- " + test::rows(*owner, "SELECT OBJECT_ID('dbo.t')"));
    CHECK(test::number(c, "CREATE ROLE x") == 15247);
    CHECK(test::number(c, "ALTER ROLE mine DROP MEMBER limited") == 15151);
    CHECK(test::number(c, "SELECT * FROM dbo.t") == 229);
    CHECK(test::number(c, "GRANT SELECT ON dbo.t TO limited") == 4613);
    test::run(*owner, "GRANT CREATE ROLE, ALTER ANY ROLE, VIEW DEFINITION TO limited; GRANT SELECT ON dbo.t TO mine");
    test::run(c, "CREATE ROLE x; ALTER ROLE other ADD MEMBER limited; SELECT * FROM dbo.t");
    CHECK(model.try_connect("Database=master;Uid=limited").error().native == 4060);
    CHECK(model.try_connect("Database=nowhere;Uid=sa").error().native == 4060);
    const auto refused = model.try_connect("Database=payroll;Uid=mallory");
    CHECK(refused.error().native == 18456);
    CHECK(refused.error().sqlstate == "28000");
}

TEST_CASE("SQL Server: tables of schemas, and the numbers of their errors") {
    const test::Model model("sqlserver");
    const auto connection = model.connect();
    auto& c = *connection;
    test::run(c,
              "EXEC(N'CREATE SCHEMA roost'); CREATE TABLE roost.run (id bigint NOT NULL PRIMARY KEY, note "
              "nvarchar(max), made datetime2 NOT NULL DEFAULT SYSUTCDATETIME())");
    test::run(c, "INSERT INTO roost.run (id, note) VALUES (1, N'é' + N'日'), (2, NULL)");
    CHECK(test::rows(c,
                     "SELECT TOP 1 r.id, ISNULL(run.note, N'none') FROM roost.run r JOIN [roost].[run] ON run.id = "
                     "r.id ORDER BY 1 DESC") == "2 none");
    CHECK(test::number(c, "CREATE TABLE roost.run (id int)") == 2714);
    CHECK(test::number(c, "SELECT * FROM run") == 208);
    CHECK(test::number(c, "INSERT INTO roost.run (id) VALUES (1)") == 2627);
    CHECK(test::number(c, "SELECT 1 FROM FROM") == 102);
    CHECK(test::number(c, "SELECT 'x") == 105);
}

TEST_CASE("SQL Server: a writer waits no longer than LOCK_TIMEOUT") {
    const test::Model model("sqlserver");
    const auto first = model.connect(), second = model.connect();
    test::run(*first, "BEGIN TRAN; CREATE ROLE a");
    test::run(*second, "SET LOCK_TIMEOUT 0");
    CHECK(test::number(*second, "CREATE ROLE b") == 1222);
    test::run(*first, "ROLLBACK");
    test::run(*second, "CREATE ROLE b");
}

TEST_CASE("SQL Server: a restored database has another date of making, and what was in it") {
    const test::Model model("sqlserver");
    const auto admin = model.connect();
    test::run(*admin, "CREATE DATABASE a COLLATE Latin1_General_CS_AS");
    test::run(*model.connect("Database=a;Uid=sa"), "CREATE ROLE hr; CREATE ROLE HR");
    test::run(*admin, "BACKUP DATABASE a TO DISK = N'" + model.folder() + "/a.bak'; RESTORE DATABASE b FROM DISK = N'" +
                          model.folder() + "/a.bak'");
    CHECK(test::rows(*model.connect("Database=b;Uid=sa"),
                     "SELECT COUNT(*) FROM sys.database_principals WHERE name = 'HR'") == "1");
    CHECK(test::rows(*admin, "SELECT COUNT(DISTINCT create_date) FROM sys.databases WHERE name IN ('a', 'b')") == "2");
}
