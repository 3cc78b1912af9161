-- roost: touches = late
DO $$ DECLARE name text; BEGIN
    FOREACH name IN ARRAY ARRAY['late'] LOOP EXECUTE format('CREATE ROLE %I', name); END LOOP;
END $$;
DO $$ BEGIN
    GRANT late TO alice;
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'late') THEN RAISE EXCEPTION 'late is missing'; END IF;
END $$;
