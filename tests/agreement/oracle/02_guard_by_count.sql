-- roost: touches = app
DECLARE
    n NUMBER;
BEGIN
    SELECT COUNT(*) INTO n FROM sys.dba_roles WHERE role = 'APP';
    IF n = 0 THEN
        EXECUTE IMMEDIATE 'CREATE ROLE app';
        EXECUTE IMMEDIATE 'GRANT app TO alice';
    END IF;
END;
/
