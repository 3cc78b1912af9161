-- roost: touches = app, staff
DO $$ BEGIN
    EXECUTE 'CREATE ROLE app';
    EXECUTE format('GRANT %I TO %I', 'app', 'bob');
    EXECUTE $q$GRANT staff TO alice WITH ADMIN OPTION$q$;
END $$;
