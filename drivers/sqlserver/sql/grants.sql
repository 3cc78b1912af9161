-- The least rights that roost needs on SQL Server. Run it as an administrator, in the database that roost is to look after.
-- Put your own names in place of roost_runner (login and user) and dbo (the schema of the migrations).

CREATE LOGIN roost_runner WITH PASSWORD = N'choose one';
CREATE USER roost_runner FOR LOGIN roost_runner;
GRANT CREATE ROLE TO roost_runner;
GRANT ALTER ANY ROLE TO roost_runner;          -- members of roles that others made, too
GRANT VIEW DEFINITION TO roost_runner;         -- without it the account sees a part of the roles, and roost revokes nothing
GRANT SELECT ON dbo.flyway_schema_history TO roost_runner;

-- For the ledger, in a schema of its own: either the rights to make it,
GRANT CREATE SCHEMA TO roost_runner;
GRANT CREATE TABLE TO roost_runner;
-- or the schema, made for the account:
--     CREATE SCHEMA roost AUTHORIZATION roost_runner;     (alone in its batch)
--     GRANT CREATE TABLE TO roost_runner;

-- So that those who wait are told who holds the lock; it shows the sessions of the whole server, and can be left out:
--     USE master; GRANT VIEW SERVER STATE TO roost_runner;
