-- What an account without the DBA_ views sees: its own roles, and the roles of those.
SELECT p.granted_role, p.username AS grantee, p.admin_option, p.default_role
FROM sys.user_role_privs p
UNION ALL
SELECT p.granted_role, p.role, p.admin_option, 'YES'
FROM sys.role_role_privs p
