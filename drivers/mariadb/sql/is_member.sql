-- Whether the role and the principal exist, and whether the principal has the role by one membership or more, those of memberships.sql.
-- Parameters: the principal's name as a role, its user, its host (a role's name goes before an account's); 1 if it is an account that has
-- run roost; the role twice.
WITH RECURSIVE principal AS (
    SELECT u.User, u.Host
    FROM mysql.user u
    WHERE (u.Host = '' AND u.User = ? AND u.is_role = 'Y') OR (u.User = ? AND u.Host = ? AND u.is_role = 'N')
    ORDER BY u.Host = '' DESC
    LIMIT 1
), up(role) AS (
    SELECT m.Role
    FROM principal p
    JOIN mysql.roles_mapping m ON m.User = p.User AND m.Host = p.Host
    WHERE m.Admin_option = 'N' OR m.Host = '' OR (BINARY CONCAT(m.User, '@', m.Host) <> BINARY CURRENT_USER() AND ? <> '1')
    UNION
    SELECT m.Role FROM up JOIN mysql.roles_mapping m ON m.User = up.role AND m.Host = ''
)
SELECT EXISTS (SELECT 1 FROM mysql.user r WHERE r.Host = '' AND r.User = ? AND r.is_role = 'Y'),
       EXISTS (SELECT 1 FROM principal),
       EXISTS (SELECT 1 FROM up WHERE up.role = ?)
