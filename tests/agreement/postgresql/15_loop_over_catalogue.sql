-- roost: touches = staff
DO $$
DECLARE r record;
BEGIN
    FOR r IN SELECT rolname FROM pg_roles WHERE rolname IN ('alice', 'bob') LOOP
        EXECUTE format('GRANT staff TO %I', r.rolname);
    END LOOP;
END $$;
