-- Every account and role. mysql.user is a view that anybody may be let read by column; mysql.global_priv holds password hashes in the same
-- column as all else. The bits: 1 is a role, 2 SUPER, 4 CREATE USER, 8 GRANT OPTION.
SELECT u.User, u.Host, u.default_role,
       (u.is_role = 'Y') | (u.Super_priv = 'Y') << 1 | (u.Create_user_priv = 'Y') << 2 | (u.Grant_priv = 'Y') << 3 AS attributes
FROM mysql.user u
