-- roost: touches = hr, staff
DECLARE
    n NUMBER;
BEGIN
    SELECT COUNT(*) INTO n FROM sys.dba_roles WHERE role = 'HR';
    IF n = 0 THEN
        EXECUTE IMMEDIATE 'CREATE ROLE hr';
    ELSE
        EXECUTE IMMEDIATE 'GRANT hr TO bob';
    END IF;
END;
/
