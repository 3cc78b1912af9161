-- Back to what connecting set. DISCARD ALL is refused in a transaction and would take prepared statements of the ODBC driver along: from_sql
-- tells those that a script made.
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
