-- Makes the roles that are not there.
BEGIN
    FOR missing IN (
        SELECT d.role
        FROM (
            {roles}
        ) d
        WHERE NOT EXISTS (SELECT 1 FROM sys.dba_roles r WHERE r.role = d.role)
    ) LOOP
        EXECUTE IMMEDIATE 'CREATE ROLE "' || missing.role || '"';
    END LOOP;
END;
/
