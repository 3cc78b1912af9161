-- roost: touches = app
DO $$ BEGIN
    IF current_setting('server_version_num')::int > 1 THEN CREATE ROLE app; END IF;
END $$;
