-- What `roost apply` would send: project payroll, environment staging, database roost_test_main, PostgreSQL {version}
-- Run it as: psql -X -d DATABASE -f FILE
-- It asks no guard, takes no lock and writes no ledger: to roost, what it does was done by hand
\set ON_ERROR_STOP on

BEGIN;

-- callbacks/postgresql/roles/afterMigrate__010_readers.sql:2:1
DO $$ BEGIN CREATE ROLE readers; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

-- callbacks/postgresql/roles/afterMigrate__010_readers.sql:3:1
GRANT SELECT ON payslip TO readers;

-- the session as it was before the script
RESET SESSION AUTHORIZATION;
RESET ROLE;
RESET ALL;
UNLISTEN *;
CLOSE ALL;
DISCARD TEMP;
DO $$
DECLARE prepared pg_catalog.text;
BEGIN
    FOR prepared IN SELECT name FROM pg_catalog.pg_prepared_statements WHERE from_sql LOOP
        EXECUTE pg_catalog.format('DEALLOCATE %I', prepared);
    END LOOP;
END $$;

-- create role guineapigs
CREATE ROLE "guineapigs" NOLOGIN;
COMMENT ON ROLE "guineapigs" IS 'roost: payroll/staging/roost_test_main';

-- create role hr
CREATE ROLE "hr" NOLOGIN;
COMMENT ON ROLE "hr" IS 'roost: payroll/staging/roost_test_main';

-- create role staff
CREATE ROLE "staff" NOLOGIN;
COMMENT ON ROLE "staff" IS 'roost: payroll/staging/roost_test_main';

-- callbacks/postgresql/memberships/afterMigrate__010_readers.sql:2:1
GRANT readers TO hr;

-- the session as it was before the script
RESET SESSION AUTHORIZATION;
RESET ROLE;
RESET ALL;
UNLISTEN *;
CLOSE ALL;
DISCARD TEMP;
DO $$
DECLARE prepared pg_catalog.text;
BEGIN
    FOR prepared IN SELECT name FROM pg_catalog.pg_prepared_statements WHERE from_sql LOOP
        EXECUTE pg_catalog.format('DEALLOCATE %I', prepared);
    END LOOP;
END $$;

-- grant guineapigs to hr
GRANT "guineapigs" TO "hr";

-- grant hr to alice, grant hr to bob
GRANT "hr" TO "alice", "bob";

-- grant staff to carol, grant staff to hr
GRANT "staff" TO "carol", "hr";

COMMIT;
