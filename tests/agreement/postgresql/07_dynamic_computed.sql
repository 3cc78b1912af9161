-- roost: touches = app
DO $$ BEGIN
    EXECUTE 'CREATE ROLE ' || lower('APP');
END $$;
