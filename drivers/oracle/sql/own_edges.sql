-- The own way up of the account, for one that may not read the DBA_ views.
SELECT p.username AS grantee, p.granted_role, p.admin_option
FROM sys.user_role_privs p
UNION ALL
SELECT p.role, p.granted_role, 'NO'
FROM sys.role_role_privs p
