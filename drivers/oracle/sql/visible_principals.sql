-- What an account without the DBA_ views sees: every user, and those roles that it has itself.
SELECT u.username AS name, 'user' AS kind, u.oracle_maintained AS built_in, u.common AS common, 'OPEN' AS details
FROM sys.all_users u
UNION
SELECT p.granted_role, 'role', 'N', p.common, 'NONE'
FROM sys.user_role_privs p
UNION
SELECT p.granted_role, 'role', 'N', p.common, 'NONE'
FROM sys.role_role_privs p
UNION
SELECT s.role, 'role', 'N', 'NO', 'NONE'
FROM sys.session_roles s
