-- roost: touches = hr, app, staff
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'hr') THEN
        CREATE ROLE hr;
    ELSIF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'bob') THEN
        GRANT hr TO bob;
    ELSE
        GRANT staff TO alice;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_authid AS a WHERE a.rolname = 'app') AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'staff') THEN
        CREATE ROLE app IN ROLE staff;
    END IF;
END $$;
