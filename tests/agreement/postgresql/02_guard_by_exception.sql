-- roost: touches = app, hr
DO $$ BEGIN CREATE ROLE app NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE hr; EXCEPTION WHEN duplicate_object THEN RAISE NOTICE 'hr is there'; END $$;
