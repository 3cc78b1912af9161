-- roost: touches = app
DO $$ BEGIN
    SELECT 1;
    CREATE ROLE app;
END $$;
