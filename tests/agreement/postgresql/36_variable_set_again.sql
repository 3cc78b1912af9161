-- roost: touches = app
CREATE ROLE app;
DO $$
DECLARE n integer;
BEGIN
    SELECT count(*) INTO n FROM pg_roles WHERE rolname = 'hr';
    SELECT 0 INTO n;
    IF n = 0 THEN GRANT app TO alice; END IF;
END $$;
