-- roost: touches = hr
DECLARE
    role_exists EXCEPTION;
    PRAGMA EXCEPTION_INIT(role_exists, -1921);
BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE hr';
EXCEPTION WHEN role_exists THEN
    NULL;
END;
/
