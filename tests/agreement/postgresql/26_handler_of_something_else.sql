-- roost: touches = hr
DO $$ BEGIN CREATE ROLE hr; EXCEPTION WHEN unique_violation THEN NULL; END $$;
