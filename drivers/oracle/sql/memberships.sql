-- Every membership. A pair may have two rows, one common to all containers and one local.
SELECT p.granted_role, p.grantee, p.admin_option, p.default_role
FROM sys.dba_role_privs p
