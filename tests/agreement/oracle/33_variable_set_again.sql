-- roost: touches = app
DECLARE
    n NUMBER;
BEGIN
    SELECT COUNT(*) INTO n FROM sys.dba_roles WHERE role = 'HR';
    SELECT 0 INTO n FROM dual;
    IF n = 0 THEN EXECUTE IMMEDIATE 'CREATE ROLE app'; END IF;
END;
/
