-- Whether the role and the principal exist, and every edge by which the one may reach the other: what the principal has, what PUBLIC has, and
-- what roles have. A way up through all roles would need CONNECT BY, which sees no cycle of rights, and reads as much. Parameters: role,
-- principal, principal, principal.
SELECT 'role' AS kind, r.role AS name, NULL AS granted_role, 'NO' AS admin_option
FROM sys.dba_roles r
WHERE r.role = ?
UNION ALL
SELECT 'user', u.username, NULL, 'NO'
FROM sys.dba_users u
WHERE u.username = ?
UNION ALL
SELECT 'principal', r.role, NULL, 'NO'
FROM sys.dba_roles r
WHERE r.role = ?
UNION ALL
SELECT 'edge', p.grantee, p.granted_role, p.admin_option
FROM sys.dba_role_privs p
WHERE p.grantee = ? OR p.grantee = 'PUBLIC' OR p.grantee IN (SELECT r.role FROM sys.dba_roles r)
