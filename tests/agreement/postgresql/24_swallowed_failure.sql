-- roost: touches = app, staff
DO $$ BEGIN
    CREATE ROLE app;
    CREATE ROLE hr;
EXCEPTION WHEN duplicate_object THEN
    GRANT staff TO bob;
END $$;
