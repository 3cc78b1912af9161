-- roost: touches = app, hr
DECLARE
    roles NUMBER;
BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE HR';
EXCEPTION WHEN OTHERS THEN
    SELECT COUNT(*) INTO roles FROM sys.dba_roles r WHERE r.role = 'HR';
    IF roles = 0 THEN RAISE; END IF;
END;
/
