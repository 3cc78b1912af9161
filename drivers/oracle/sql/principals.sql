-- Every role and user. `built_in`: made by Oracle or common to all containers; never managed. `details`: what else may be altered.
SELECT r.role AS name, 'role' AS kind, r.oracle_maintained AS built_in, r.common AS common, r.authentication_type AS details
FROM sys.dba_roles r
UNION ALL
SELECT u.username, 'user', u.oracle_maintained, u.common, u.account_status
FROM sys.dba_users u
