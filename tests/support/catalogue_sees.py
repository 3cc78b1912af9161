#!/usr/bin/python3
"""`== unchanged` is worth what the catalogue sees: each of these changes, one after the other, must show in it.

    catalogue_sees.py TARGET ROOST       TARGET is a PostgreSQL
"""

import sys
from pathlib import Path

import engines
from stage import stage_on

BEFORE = """
CREATE ROLE a; CREATE ROLE b; CREATE ROLE c; CREATE ROLE d; CREATE ROLE owner_of_it;
GRANT a TO b; GRANT a TO c WITH ADMIN OPTION;
CREATE SCHEMA s; CREATE TABLE s.t (id INTEGER, name TEXT); INSERT INTO s.t VALUES (1, 'one');
CREATE FUNCTION s.f() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE s.q; CREATE VIEW s.v AS SELECT 1 AS one;
CREATE FUNCTION s.h() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE TYPE s.e AS ENUM ('x');
CREATE SCHEMA roost; CREATE TABLE roost.run (id INTEGER);
"""
CHANGES = """
CREATE ROLE e
ALTER ROLE a LOGIN
ALTER ROLE a CREATEROLE
ALTER ROLE a NOINHERIT
ALTER ROLE a CONNECTION LIMIT 3
ALTER ROLE a VALID UNTIL '2030-01-01'
ALTER ROLE a PASSWORD 'x'
COMMENT ON ROLE a IS 'x'
ALTER ROLE a SET work_mem = '1MB'
ALTER ROLE a IN DATABASE {database} SET search_path = s
ALTER DATABASE {database} SET work_mem = '2MB'
GRANT a TO d
GRANT a TO b WITH ADMIN OPTION
REVOKE a FROM d
SET ROLE c; GRANT a TO d
GRANT pg_monitor TO a
GRANT CREATE ON DATABASE {database} TO a
REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC
CREATE SCHEMA s2
ALTER SCHEMA s OWNER TO owner_of_it
GRANT USAGE ON SCHEMA s TO a
GRANT CREATE ON SCHEMA public TO a
CREATE TABLE s.t2 (id INTEGER)
ALTER TABLE s.t ADD COLUMN more TEXT
ALTER TABLE s.t ALTER COLUMN name SET DEFAULT 'x'
ALTER TABLE s.t ADD PRIMARY KEY (id)
ALTER TABLE s.t ENABLE ROW LEVEL SECURITY
CREATE POLICY p ON s.t USING (true)
CREATE INDEX i ON s.t (id)
GRANT SELECT ON s.t TO a
REVOKE SELECT ON s.t FROM a
GRANT SELECT ON s.t TO a WITH GRANT OPTION
GRANT SELECT (name) ON s.t TO a
GRANT SELECT ON pg_catalog.pg_authid TO a
GRANT SELECT (rolpassword) ON pg_catalog.pg_authid TO a
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO a
GRANT SET ON PARAMETER log_statement TO a
COMMENT ON TABLE s.t IS 'x'
COMMENT ON COLUMN s.t.name IS 'x'
CREATE FUNCTION s.g() RETURNS INTEGER LANGUAGE sql AS 'SELECT 1'
CREATE OR REPLACE FUNCTION s.f() RETURNS INTEGER LANGUAGE sql AS 'SELECT 2'
ALTER FUNCTION s.f() SECURITY DEFINER
REVOKE EXECUTE ON FUNCTION s.f() FROM PUBLIC
CREATE OR REPLACE VIEW s.v AS SELECT 2 AS one
SELECT nextval('s.q')
ALTER SEQUENCE s.q INCREMENT 5
ALTER TYPE s.e ADD VALUE 'y'
CREATE TRIGGER g BEFORE UPDATE ON s.t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
ALTER DEFAULT PRIVILEGES FOR ROLE owner_of_it IN SCHEMA s GRANT SELECT ON TABLES TO a
CREATE EVENT TRIGGER h ON ddl_command_end EXECUTE FUNCTION s.h()
INSERT INTO s.t VALUES (2, 'two')
UPDATE s.t SET name = 'uno'
DELETE FROM s.t
TRUNCATE s.t
SELECT lo_create(424242)
DROP TABLE s.t
REVOKE SET ON PARAMETER log_statement FROM a
DROP ROLE e
"""
SINCE_16 = """
GRANT a TO b WITH INHERIT FALSE
GRANT a TO b WITH SET FALSE
"""


def check(profile: engines.Engine, has_membership_options: bool) -> list[str]:
    profile.sql("main", BEFORE)
    now = profile.catalogue("main", ledger=False)
    problems = [] if now == profile.catalogue("main", ledger=False) else ["it differs though nothing changed"]
    for change in (CHANGES.strip() + (SINCE_16 if has_membership_options else "")).rstrip().splitlines():
        profile.sql("main", change.format(database=profile.name("main")))
        before, now = now, profile.catalogue("main", ledger=False)
        if before == now:
            problems.append(f"it does not see: {change}")
    hidden, shown = now, profile.catalogue("main", ledger=True)
    profile.sql("main", "INSERT INTO roost.run VALUES (1)")
    if profile.catalogue("main", ledger=False) != hidden:
        problems.append("it sees roost's ledger, and should not")
    if profile.catalogue("main", ledger=True) == shown:
        problems.append("it does not see roost's ledger, and should")
    return problems


def main(target: str, roost: str) -> int:
    if reason := engines.profile(target).missing():
        print(f"skipped: {reason}")
        return engines.SKIPPED
    with stage_on(target, Path(roost)) as stage:
        problems = check(stage.engine, has_membership_options=target != "postgresql")
    print("\n".join(problems) or "it sees every change")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
