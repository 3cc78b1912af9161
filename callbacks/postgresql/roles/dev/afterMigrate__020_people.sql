-- roost: touches = alice, bob, carol
-- The people of the development database. Elsewhere they come from the directory.
DO $$ BEGIN CREATE ROLE alice LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE bob LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE carol LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
