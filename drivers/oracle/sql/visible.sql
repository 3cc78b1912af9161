-- Fails where the account may not read one of the views that hold the whole role graph. Gives nothing.
SELECT r.role, u.username, p.grantee
FROM sys.dba_roles r
CROSS JOIN sys.dba_users u
CROSS JOIN sys.dba_role_privs p
WHERE 1 = 0
