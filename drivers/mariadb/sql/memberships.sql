-- Every membership but the account's own with ADMIN: whoever creates a role gets such a row, and by it alone may grant the role. It
-- is neither counted nor touched; nor are those of other accounts that have run roost, which marks.sql names. Compared byte by byte: CURRENT_USER() itself has a collation without regard to case. A member that is a
-- role has no host.
SELECT m.Role, m.User, m.Host, m.Admin_option = 'Y' AS admin
FROM mysql.roles_mapping m
WHERE m.Admin_option = 'N' OR BINARY CONCAT(m.User, '@', m.Host) <> BINARY CURRENT_USER()
