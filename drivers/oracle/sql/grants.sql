-- The least rights that roost needs on Oracle. Run it as a DBA, connected to the pluggable database that roost is to look after.
-- Put your own names in place of payroll (the schema of the migrations), users (the tablespace) and the password.

-- The account, and the schema of the ledger: one and the same.
CREATE USER roost IDENTIFIED BY "a-password-of-yours" DEFAULT TABLESPACE users QUOTA 100M ON users;
GRANT CREATE SESSION, CREATE TABLE TO roost;
GRANT CREATE ROLE, GRANT ANY ROLE TO roost;              -- what it declares
GRANT SELECT_CATALOG_ROLE TO roost;                      -- the DBA_ views; or SELECT ANY DICTIONARY
GRANT EXECUTE ON sys.dbms_lock TO roost;                 -- the lock; without it a row of roost.lock_row is the lock
GRANT SELECT ON payroll."flyway_schema_history" TO roost;
-- Each role that it makes becomes one of its own, and a log-in enables 148 at most.
ALTER USER roost DEFAULT ROLE SELECT_CATALOG_ROLE;

-- Scripts need what they do: DROP ANY ROLE, ALTER USER (default roles), rights on the objects that they grant.
-- An account that may not read the DBA_ views needs at least these two; it sees its own roles alone, and revokes nothing:
--     GRANT SELECT ON sys.v_$database TO roost;
--     GRANT SELECT ON sys.v_$containers TO roost;
-- Another account than ROOST needs SELECT, INSERT, UPDATE and DELETE on the ledger's tables, once a run as ROOST has made them:
--     roost.ledger, roost.run, roost.step, roost.hold, roost.role, roost.lock_row
