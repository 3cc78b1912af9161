-- roost: touches = app
CREATE ROLE app;
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'never_was') THEN RAISE EXCEPTION 'never_was is missing'; END IF;
END $$;
