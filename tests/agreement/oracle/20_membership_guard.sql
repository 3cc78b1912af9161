-- roost: touches = staff, hr
DECLARE
    n NUMBER;
BEGIN
    SELECT COUNT(*) INTO n FROM sys.dba_role_privs WHERE granted_role = 'STAFF' AND grantee = 'BOB';
    IF n = 0 THEN EXECUTE IMMEDIATE 'GRANT staff TO bob'; END IF;
    SELECT COUNT(*) INTO n FROM sys.dba_role_privs p WHERE p.grantee = UPPER('alice') AND p.granted_role = UPPER('hr');
    IF n > 0 THEN EXECUTE IMMEDIATE 'REVOKE hr FROM alice'; END IF;
END;
/
