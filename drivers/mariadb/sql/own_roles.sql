-- What an account that cannot read mysql.* sees: its own roles, and the roles in those. GRANTEE is an account as user@host, or a role.
SELECT r.GRANTEE, r.ROLE_NAME, r.IS_GRANTABLE = 'YES' AS admin, COALESCE(r.IS_DEFAULT, 'NO') = 'YES' AS is_default
FROM information_schema.APPLICABLE_ROLES r
