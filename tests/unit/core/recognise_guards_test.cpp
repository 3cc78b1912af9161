// Role DDL behind guards, in blocks and in dynamic statements, as each engine has them.
#include <doctest/doctest.h>

#include "core/recognise.hpp"
#include "support/deeds_text.hpp"
#include "unit/core/split_rules.hpp"

namespace recognise_guards_test {

using namespace roost;
using roost::test::lines;

namespace {

std::string postgresql(std::string_view sql) { return test::text(recognise(sql, test::postgresql, Folding::lower)); }
std::string sqlserver(std::string_view sql) { return test::text(recognise(sql, test::sqlserver, Folding::none)); }
std::string oracle(std::string_view sql) { return test::text(recognise(sql, test::oracle, Folding::upper)); }
std::string mariadb(std::string_view sql) { return test::text(recognise(sql, test::mariadb, Folding::none)); }
std::string sqlite(std::string_view sql) { return test::text(recognise(sql, test::sqlite, Folding::none)); }

}  // namespace

TEST_CASE("PostgreSQL: a guard by the catalogue is read, whatever its select list and aliases") {
    for (const std::string_view query :
         {"SELECT FROM pg_roles WHERE rolname = 'x'", "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = 'x'",
          "SELECT * FROM pg_authid a WHERE a.rolname = 'x' LIMIT 1",
          "SELECT r.oid FROM pg_roles AS r WHERE 'x' = r.rolname"}) {
        CAPTURE(query);
        CHECK(postgresql("DO $$ BEGIN IF NOT EXISTS (" + std::string(query) + ") THEN CREATE ROLE x; END IF; END $$") ==
              "if no (principal x) {\ncreate x\n}\n");
    }
}

TEST_CASE("PostgreSQL: branches, several statements and blocks inside blocks are read") {
    CHECK(postgresql(
              "DO LANGUAGE plpgsql $body$ BEGIN\n"
              "IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'a') THEN GRANT a TO m; GRANT b TO m;\n"
              "ELSIF pg_has_role('m', 'c', 'MEMBER') THEN NULL;\n"
              "ELSE BEGIN CREATE ROLE a; EXCEPTION WHEN duplicate_object OR SQLSTATE '23505' THEN RAISE NOTICE 'a'; "
              "WHEN OTHERS THEN RAISE; END; END IF;\n"
              "DROP ROLE IF EXISTS z; END $body$") == lines(R"(
        if principal a {
        grant a to m
        grant b to m
        }
        else {
        if has c m {
        }
        else {
        try {
        create a
        }
        on DUPLICATE_OBJECT 23505 {
        }
        on OTHERS {
        again
        }
        }
        }
        drop z [if needed]
    )"));
}

TEST_CASE("PostgreSQL: dynamic statements are read where their text is certain") {
    CHECK(
        postgresql("DO $$ BEGIN EXECUTE 'CREATE ROLE ' || 'X'; EXECUTE format('GRANT %I TO %I', 'A b', 'c'); END $$") ==
        "create x\ngrant A b to c\n");
    for (const std::string_view statement :
         {"EXECUTE 'CREATE ROLE ' || quote_ident('x')", "EXECUTE format('CREATE ROLE %s', 'x')", "EXECUTE text",
          "EXECUTE format('CREATE ROLE %I LOGIN %%', 'x')", "EXECUTE 'SELECT 1' INTO n", "PERFORM f()"}) {
        CAPTURE(statement);
        CHECK(postgresql("DO $$ BEGIN " + std::string(statement) + "; END $$") == "opaque");
    }
}

TEST_CASE("PostgreSQL: what was counted or found before counts when it is asked") {
    CHECK(postgresql("DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM pg_roles WHERE rolname = 'x';\n"
                     "IF n = 0 THEN CREATE ROLE x; END IF; PERFORM 1 FROM pg_roles WHERE rolname = 'y';\n"
                     "IF NOT FOUND THEN CREATE ROLE y; END IF; END $$") == lines(R"(
        set N principal x
        set FOUND ()
        if no ($N) {
        create x
        }
        set FOUND principal y
        if no ($FOUND) {
        create y
        }
    )"));
}

// One that no form had was once a query that changes nothing, and n stayed what it was.
TEST_CASE("a variable that is set in a way that is not understood makes the block opaque") {
    for (const std::string_view sets :
         {"SELECT 0 INTO n", "SELECT 1, 2 INTO n, k", "SELECT count(rolpassword) INTO n FROM pg_authid",
          "SELECT count(rolname) INTO n FROM pg_roles WHERE rolname = 'x'",
          "SELECT count(*) INTO other FROM pg_roles WHERE rolname = 'x'",
          "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'x') INTO other", "SELECT 1"}) {
        CAPTURE(sets);
        CHECK(postgresql("DO $$ DECLARE n int; k int; BEGIN " + std::string(sets) + "; CREATE ROLE y; END $$") ==
              "opaque");
    }
    CHECK(postgresql("SELECT 1 INTO t") == "opaque");
    CHECK(mariadb("BEGIN NOT ATOMIC DECLARE n INT; SELECT 0 INTO n; CREATE ROLE y; END") == "opaque");
    CHECK(mariadb("BEGIN NOT ATOMIC SELECT 1; CREATE ROLE y; END") == "create y\n");
    CHECK(oracle("DECLARE n NUMBER; BEGIN SELECT COUNT('') INTO n FROM dba_roles WHERE role = 'X'; "
                 "EXECUTE IMMEDIATE 'CREATE ROLE y'; END;") == "opaque");
}

TEST_CASE("a variable that bears the name of a column, or of another variable, makes the block opaque") {
    for (const std::string_view column : {"user", "`user`"}) {
        CAPTURE(column);
        CHECK(mariadb("BEGIN NOT ATOMIC DECLARE n INT; DECLARE user VARCHAR(80); SELECT COUNT(*) INTO n FROM "
                      "mysql.global_priv WHERE " +
                      std::string(column) + " = 'x'; IF n = 0 THEN CREATE ROLE x; END IF; END") == "opaque");
    }
    const std::string look = "SELECT count(*) INTO n FROM pg_roles WHERE rolname = 'x';";
    CHECK(postgresql("DO $$ DECLARE n int; BEGIN " + look + " DECLARE n int; BEGIN " + look +
                     " END; IF n = 0 THEN CREATE ROLE x; END IF; END $$") == "opaque");
    CHECK(postgresql("DO $$ DECLARE found bool; BEGIN PERFORM 1 FROM pg_roles WHERE rolname = 'x'; "
                     "IF NOT FOUND THEN CREATE ROLE x; END IF; END $$") == "opaque");
}

TEST_CASE("PostgreSQL: a condition that is not exactly understood makes the statement opaque") {
    for (const std::string_view condition :
         {"true", "EXISTS (SELECT 1 FROM pg_roles WHERE rolname LIKE 'x')",
          "EXISTS (SELECT 1 FROM pg_roles WHERE lower(rolname) = 'x')",
          "EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'x' AND rolsuper)",
          "EXISTS (SELECT 1 FROM mine.pg_roles WHERE rolname = 'x')",
          "EXISTS (SELECT f() FROM pg_roles WHERE rolname = 'x')",
          "EXISTS (SELECT 1 FROM \"PG_ROLES\" WHERE rolname = 'x')",
          "EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name)", "pg_has_role('m', 'x', 'USAGE')", "n > 2",
          "EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'x') IS TRUE"}) {
        CAPTURE(condition);
        CHECK(postgresql("DO $$ BEGIN IF " + std::string(condition) + " THEN CREATE ROLE x; END IF; END $$") ==
              "opaque");
    }
    CHECK(postgresql("DO $$ DECLARE rolname text := 'y'; BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'x') "
                     "THEN CREATE ROLE x; END IF; END $$") == "opaque");
}

TEST_CASE("PostgreSQL: what may leave a block early, or runs again, makes it opaque") {
    for (const std::string_view body :
         {"RETURN; CREATE ROLE x;", "FOR r IN SELECT 1 LOOP CREATE ROLE x; END LOOP;", "LOOP EXIT; END LOOP;",
          "WHILE true LOOP CREATE ROLE x; END LOOP;", "n := f(); CREATE ROLE x;",
          "CASE WHEN true THEN CREATE ROLE x; END CASE;", "CREATE ROLE x; END; BEGIN", "COMMIT; CREATE ROLE x;"}) {
        CAPTURE(body);
        CHECK(postgresql("DO $$ BEGIN " + std::string(body) + " END $$") == "opaque");
    }
    CHECK(postgresql("DO $$ DECLARE n int := f(); BEGIN CREATE ROLE x; END $$") == "opaque");
    CHECK(postgresql("DO $$ BEGIN CREATE ROLE x; END; CREATE ROLE y; $$") == "opaque");
}

// A right on a table that was not there led into a branch that granted a role, and the plan said nothing.
TEST_CASE("a block whose handlers may catch what no role graph tells is opaque") {
    for (const std::string_view body :
         {"GRANT SELECT ON nosuch TO hr; EXCEPTION WHEN undefined_table THEN GRANT staff TO bob;",
          "GRANT staff TO bob; GRANT SELECT ON nosuch TO hr; EXCEPTION WHEN OTHERS THEN NULL;",
          "CREATE ROLE app VALID UNTIL 'garbage'; EXCEPTION WHEN OTHERS THEN GRANT staff TO bob;",
          "RAISE NOTICE '%', 1/0; EXCEPTION WHEN OTHERS THEN GRANT staff TO bob;",
          "DROP ROLE staff; EXCEPTION WHEN dependent_objects_still_exist THEN GRANT staff TO bob;"}) {
        CAPTURE(body);
        CHECK(postgresql("DO $$ BEGIN " + std::string(body) + " END $$") == "opaque");
    }
    CHECK(postgresql("DO $$ DECLARE n int := 1/0; BEGIN CREATE ROLE x; END $$") == "opaque");
    CHECK(postgresql("CREATE ROLE x LOGIN NOLOGIN") == "opaque");
    CHECK(postgresql("CREATE ROLE x VALID UNTIL '2027-03-31'") == "create x\n");
    CHECK(postgresql("DO $$ BEGIN DROP ROLE x; EXCEPTION WHEN undefined_object THEN NULL; END $$") != "opaque");
}

TEST_CASE("a branch that is not understood is opaque only where it is taken") {
    CHECK(postgresql("DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'x') THEN PERFORM f(); "
                     "ELSE CREATE ROLE x; END IF; END $$") == "if principal x {\n?\n}\nelse {\ncreate x\n}\n");
}

TEST_CASE("SQL Server: guards by function, by view and by membership are read") {
    CHECK(sqlserver("IF DATABASE_PRINCIPAL_ID(N'x') IS NULL CREATE ROLE [x];") ==
          "if no (principal x) {\ncreate x\n}\n");
    CHECK(sqlserver("IF DATABASE_PRINCIPAL_ID('x') IS NOT NULL DROP ROLE x ELSE CREATE ROLE x") ==
          "if principal x {\ndrop x\n}\nelse {\ncreate x\n}\n");
    CHECK(sqlserver("IF NOT EXISTS (SELECT * FROM [sys].[database_principals] p WHERE p.name = N'x' AND p.type = 'R')\n"
                    "BEGIN CREATE ROLE x ALTER ROLE x ADD MEMBER m; END") ==
          "if no (role x) {\ncreate x\ngrant x to m\n}\n");
    CHECK(sqlserver(
              "IF IS_ROLEMEMBER('x', 'm') = 0 ALTER ROLE x ADD MEMBER m; IF IS_ROLEMEMBER('x', 'm') = 1 SELECT 1;") ==
          "if not nested x m {\ngrant x to m\n}\nif nested x m {\n}\n");
    CHECK(sqlserver("IF COALESCE(IS_ROLEMEMBER('x', 'm'), 0) = 0 ALTER ROLE x ADD MEMBER m") ==
          "if not in x m {\ngrant x to m\n}\n");
    CHECK(sqlserver("IF NOT EXISTS (SELECT 1 FROM sys.database_role_members AS m WHERE m.role_principal_id = "
                    "DATABASE_PRINCIPAL_ID(N'x') AND m.member_principal_id = DATABASE_PRINCIPAL_ID(N'm')) "
                    "ALTER ROLE x ADD MEMBER m") == "if no (member x m) {\ngrant x to m\n}\n");
    CHECK(sqlserver("IF (SELECT COUNT(*) FROM sys.database_principals WHERE name = 'x') = 0 AND "
                    "(DATABASE_PRINCIPAL_ID('y') IS NULL OR DATABASE_PRINCIPAL_ID('z') IS NULL) CREATE ROLE x") ==
          "if (no (principal x) and (no (principal y) or no (principal z))) {\ncreate x\n}\n");
}

TEST_CASE("SQL Server: dynamic batches are read where their text is certain") {
    CHECK(sqlserver("EXEC(N'CREATE ROLE ' + N'x; DROP ROLE y'); EXEC sp_executesql N'CREATE ROLE z'") ==
          "create x\ndrop y\ncreate z\n");
    CHECK(sqlserver("EXEC(@sql)") == "opaque");
    CHECK(sqlserver("EXEC(N'CREATE ROLE x') AT other") == "opaque");
    CHECK(sqlserver("EXEC sp_executesql N'CREATE ROLE x', N'@a int', 1") == "opaque");
}

TEST_CASE("SQL Server: what is not exactly understood makes the batch opaque") {
    for (const std::string_view sql :
         {"IF NOT IS_ROLEMEMBER('x', 'm') = 1 DROP ROLE x", "IF DATABASE_PRINCIPAL_ID('public') IS NULL CREATE ROLE x",
          "IF DATABASE_PRINCIPAL_ID(@x) IS NULL CREATE ROLE x", "IF SUSER_ID('x') IS NULL CREATE ROLE x",
          "IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = 'x' AND type = 'S') DROP USER x",
          "IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = 'x ') DROP ROLE x",
          "IF DATABASE_PRINCIPAL_ID('x') IS NULL", "WHILE 1 = 1 CREATE ROLE x", "BEGIN CREATE ROLE x"}) {
        CAPTURE(sql);
        CHECK(sqlserver(sql) == "opaque");
    }
}

TEST_CASE("Oracle: blocks with their exceptions, counts and codes are read") {
    CHECK(oracle("BEGIN EXECUTE IMMEDIATE 'CREATE ROLE x'; EXCEPTION WHEN OTHERS THEN IF SQLCODE != -1921 THEN RAISE; "
                 "END IF; END;") == "try {\ncreate X\n}\non OTHERS {\nif no ((failure -1921)) {\nagain\n}\n}\n");
    CHECK(
        oracle("DECLARE n NUMBER(10); BEGIN SELECT COUNT(1) INTO n FROM dba_roles r WHERE r.role = UPPER('x');\n"
               "IF n < 1 THEN EXECUTE IMMEDIATE q'[CREATE ROLE \"x\"]'; DBMS_OUTPUT.PUT_LINE('made'); END IF; END;") ==
        "set N role X\nif no ($N) {\ncreate x\n}\n");
    CHECK(
        oracle("DECLARE there EXCEPTION; PRAGMA EXCEPTION_INIT(there, -1921); BEGIN EXECUTE IMMEDIATE 'CREATE ROLE x'; "
               "EXCEPTION WHEN there THEN NULL; END;") == "try {\ncreate X\n}\non -1921 {\n}\n");
    CHECK(oracle("DECLARE n NUMBER; BEGIN SELECT COUNT(*) INTO n FROM dba_role_privs WHERE granted_role = 'R' AND "
                 "grantee = 'M'; IF n = 0 THEN EXECUTE IMMEDIATE 'GRANT r TO m'; END IF; END;") ==
          "set N member R M\nif no ($N) {\ngrant R to M\n}\n");
}

TEST_CASE("Oracle: roles are changed in blocks by dynamic statements alone, without a semicolon") {
    CHECK(oracle("BEGIN CREATE ROLE x; END;") == "opaque");
    CHECK(oracle("BEGIN EXECUTE IMMEDIATE 'CREATE ROLE x;'; END;") == "opaque");
    CHECK(oracle("BEGIN EXECUTE IMMEDIATE 'CREATE ROLE ' || name; END;") == "opaque");
    CHECK(oracle("BEGIN p; EXECUTE IMMEDIATE 'CREATE ROLE x'; END;") == "opaque");
}

TEST_CASE("MariaDB: compound statements and dynamic ones are read") {
    CHECK(mariadb("BEGIN NOT ATOMIC IF NOT EXISTS (SELECT 1 FROM mysql.user WHERE user = 'x' AND is_role = 'Y') THEN "
                  "CREATE ROLE x; END IF; END") == "if no (role x) {\ncreate x\n}\n");
    CHECK(
        mariadb("IF EXISTS (SELECT * FROM mysql.user WHERE User = 'x') THEN DROP ROLE x; ELSE CREATE ROLE x; END IF") ==
        "if any x {\ndrop x\n}\nelse {\ncreate x\n}\n");
    CHECK(mariadb("IF EXISTS (SELECT 1 FROM mysql.roles_mapping WHERE Role = 'r' AND User = 'm' AND Host = '%') THEN "
                  "REVOKE r FROM m; END IF") == "if member user r m {\nrevoke r from m\n}\n");
    CHECK(mariadb("EXECUTE IMMEDIATE 'CREATE ROLE x'") == "create x\n");
    CHECK(mariadb("EXECUTE IMMEDIATE CONCAT('CREATE ROLE ', 'x')") == "opaque");
    CHECK(mariadb("BEGIN NOT ATOMIC DECLARE CONTINUE HANDLER FOR 1396 BEGIN END; CREATE ROLE x; END") == "opaque");
    CHECK(mariadb("IF (SELECT COUNT(*) FROM mysql.user WHERE User = 'x') = 1 THEN DROP ROLE x; END IF") == "opaque");
}

TEST_CASE("SQLite: rows of the tables that hold the roles are read") {
    CHECK(sqlite("INSERT INTO roost_role (name, login) VALUES ('x', 0), ('u', 1)") == "create x\ncreate user u\n");
    CHECK(sqlite("INSERT OR IGNORE INTO main.roost_role (\"name\") VALUES ('x')") == "create x [if needed]\n");
    CHECK(sqlite("insert into roost_role_member (member, role, admin) values ('m', 'r', 1)") ==
          "grant r to m (admin) [once]\n");
    CHECK(
        sqlite(
            "INSERT INTO roost_role (name) SELECT 'x' WHERE NOT EXISTS (SELECT 1 FROM roost_role WHERE name = 'x')") ==
        "if no (principal x) {\ncreate x\n}\n");
    CHECK(sqlite("INSERT INTO roost_role (name) VALUES ('x') ON CONFLICT (name) DO NOTHING") ==
          "create x [if needed]\n");
    CHECK(sqlite("DELETE FROM roost_role_member WHERE role = 'r' AND member = 'm'") == "revoke r from m\n");
    CHECK(sqlite("DELETE FROM roost_role_member WHERE member = 'm'") == "revoke all from m\n");
    CHECK(sqlite("DELETE FROM roost_role WHERE name = 'x'") == "drop x [if needed]\n");
    CHECK(sqlite("UPDATE roost_role_member SET admin = 0, inherit = 1 WHERE member = 'm' AND role = 'r'") ==
          "alter r for m (admin off, inherit) [if needed]\n");
}

TEST_CASE("SQLite: rows that are not certain are opaque") {
    for (const std::string_view sql :
         {"INSERT OR REPLACE INTO roost_role (name) VALUES ('x')", "INSERT INTO roost_role VALUES ('x', 0, '')",
          "INSERT INTO roost_role (name) VALUES (lower('x'))", "INSERT INTO roost_role (name) SELECT name FROM people",
          "INSERT INTO roost_role (name, login) VALUES ('x', 2)", "INSERT INTO other.roost_role (name) VALUES ('x')",
          "INSERT INTO roost_role (name) VALUES ('x') ON CONFLICT (name) DO UPDATE SET login = 1",
          "INSERT INTO rates VALUES (1)", "DELETE FROM roost_role_member", "DELETE FROM roost_role WHERE name LIKE 'x'",
          "DELETE FROM roost_role WHERE name = 'x' OR 1", "UPDATE roost_role SET login = 1 WHERE name = 'x'",
          "UPDATE roost_role_member SET role = 'x' WHERE role = 'y' AND member = 'm'",
          "INSERT INTO roost_role (name) VALUES ('x') RETURNING name"}) {
        CAPTURE(sql);
        CHECK(sqlite(sql) == "opaque");
    }
}

// Each made a role, and the plan was silent.
TEST_CASE("PostgreSQL: a query that may run something is not understood") {
    for (const std::string_view sql :
         {"SELECT * FROM v", "SELECT a FROM v", "SELECT 1 === 1", "SELECT 1::d", "SELECT r.mk FROM rates r",
          "DO $$ BEGIN RAISE NOTICE '%', 1 === 1; END $$", "DO $$ BEGIN RAISE NOTICE '%', r.mk; END $$"}) {
        CAPTURE(sql);
        CHECK(postgresql(sql) == "opaque");
    }
    CHECK(postgresql("SELECT 1, 'two', NULL") == "");
    CHECK(postgresql("DO $$ BEGIN RAISE NOTICE '% and %', 'one', 2; END $$") == "");
}

TEST_CASE("MariaDB: a role has no host, and one that the session has is not known") {
    for (const std::string_view sql : {"CREATE ROLE app@'%'", "GRANT hr@'%' TO bob", "DROP ROLE app@localhost",
                                       "CREATE ROLE app WITH ADMIN CURRENT_ROLE"}) {
        CAPTURE(sql);
        CHECK(mariadb(sql) == "opaque");
    }
    CHECK(mariadb("CREATE ROLE app WITH ADMIN CURRENT_USER") == "create app\n");
    CHECK(mariadb("GRANT hr TO bob@'%', carol@localhost") == "grant hr to bob\ngrant hr to carol@localhost\n");
}

}  // namespace recognise_guards_test
