-- How the session stands. now() is the start of the transaction and does not change within it; one that began before this statement was begun by
-- another. The last column is none of it: CREATE ROLE is not to add a membership for the account, as this setting (PostgreSQL 16 and later) has it.
SELECT session_user, current_user, pg_catalog.current_setting('search_path'), pg_catalog.current_setting('standard_conforming_strings'),
       pg_catalog.current_setting('client_encoding'), pg_catalog.current_setting('session_replication_role'),
       EXTRACT(epoch FROM pg_catalog.now())::pg_catalog.text                                       AS transaction,
       CASE WHEN pg_catalog.now() = pg_catalog.statement_timestamp() THEN 0 ELSE 1 END              AS begun_before,
       CASE WHEN pg_catalog.current_setting('server_version_num')::int >= 160000
            THEN pg_catalog.set_config('createrole_self_grant', '', false) END                     AS self_grant
