-- The least rights that roost needs on PostgreSQL. Run it as a superuser, connected to the database that roost is to look after.
-- Put your own names in place of roost_runner (the account), payroll (the database) and public (the schema of the migrations).

CREATE ROLE roost_runner LOGIN CREATEROLE;      -- give it a password: \password roost_runner
GRANT CONNECT ON DATABASE payroll TO roost_runner;
GRANT CONNECT ON DATABASE postgres TO roost_runner;       -- database.lock_database: the lock is taken there
GRANT CREATE ON DATABASE payroll TO roost_runner;         -- for the ledger, in a schema of its own: roost
GRANT USAGE ON SCHEMA public TO roost_runner;
GRANT SELECT ON public.flyway_schema_history TO roost_runner;

-- PostgreSQL 16 and later: a CREATEROLE account may only grant and comment on roles that it made, or holds with ADMIN. For every
-- other role that it is to manage:
--     GRANT guineapigs TO roost_runner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
-- Memberships that somebody else granted it cannot revoke there: revoke those once, as whoever granted them.
