-- roost: touches = app
DO $$
DECLARE n integer;
BEGIN
    PERFORM 1 FROM pg_roles WHERE rolname = 'app';
    SELECT count(*) INTO n FROM pg_roles WHERE rolname = 'app';
    IF NOT FOUND THEN CREATE ROLE app; END IF;
END $$;
