-- Makes the roles that are not there.
DO $roost$
DECLARE
    missing text;
BEGIN
    -- From PostgreSQL 16 on this setting could make the account a member of what it makes.
    IF pg_catalog.current_setting('createrole_self_grant', true) <> '' THEN
        PERFORM pg_catalog.set_config('createrole_self_grant', '', true);
    END IF;
    FOR missing IN
        SELECT d.role
        FROM (VALUES
                  {roles}
             ) AS d (role)
        WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_roles r WHERE r.rolname = d.role)
    LOOP
        EXECUTE pg_catalog.format('CREATE ROLE %I NOLOGIN', missing);
    END LOOP;
END
$roost$;
