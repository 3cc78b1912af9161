-- The roles that carry rights. No CREATE ROLE IF NOT EXISTS can be relied on; the guard makes it safe to run again, and still tells of a user who
-- has that name.
DECLARE
    roles NUMBER;
BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE HR';
EXCEPTION WHEN OTHERS THEN
    SELECT COUNT(*) INTO roles FROM sys.dba_roles r WHERE r.role = 'HR';
    IF roles = 0 THEN RAISE; END IF;
END;
/
DECLARE
    roles NUMBER;
BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE PAYROLL_READER';
EXCEPTION WHEN OTHERS THEN
    SELECT COUNT(*) INTO roles FROM sys.dba_roles r WHERE r.role = 'PAYROLL_READER';
    IF roles = 0 THEN RAISE; END IF;
END;
/

GRANT SELECT ON payslip TO PAYROLL_READER;
GRANT SELECT, INSERT, UPDATE ON employee TO HR;
