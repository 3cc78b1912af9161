-- Whether the account may read what graph() reads; and whether there is a role of the name given. Parameter: a name.
SELECT EXISTS (SELECT 1 FROM mysql.user u WHERE u.Host = '' AND u.User = ? AND u.is_role = 'Y'),
       EXISTS (SELECT 1 FROM mysql.roles_mapping m WHERE m.Host = '' AND m.User = '' AND m.Role = '' AND m.Admin_option = 'Y'),
       EXISTS (SELECT 1 FROM mysql.user u WHERE u.Host = '' AND u.User = '' AND u.default_role = '' AND u.Super_priv = 'Y'
               AND u.Create_user_priv = 'Y' AND u.Grant_priv = 'Y')
