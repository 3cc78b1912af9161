-- Gives each role in `whole` the members that `listed` has for it, and no others. A role whose feature needs a later schema version is on for nobody.
-- default_role: 1 it is the member's default role, 0 it is not, NULL as it is.
DELIMITER //
BEGIN NOT ATOMIC
    DECLARE sentence TEXT CHARACTER SET utf8mb4;
    FOR next_one IN (
        WITH whole (role, is_on) AS (
            {whole}
        ),
        listed (role, member, admin, default_role) AS (VALUES
            {listed}
        ),
        principal AS (
            SELECT u.User AS user, u.Host AS host, u.is_role = 'Y' AS is_role,
                   CONVERT(u.default_role USING utf8mb3) COLLATE utf8mb3_bin AS default_role
            FROM mysql.user u
        ),
        managed AS (
            SELECT CONVERT(w.role USING utf8mb3) COLLATE utf8mb3_bin AS role, w.is_on FROM whole w
        ),
        named AS (
            SELECT CONVERT(l.role USING utf8mb3) COLLATE utf8mb3_bin AS role, l.admin, l.default_role,
                   CONVERT(l.member USING utf8mb3) COLLATE utf8mb3_bin AS member,
                   CONVERT(SUBSTRING_INDEX(l.member, '@', -1) USING utf8mb3) COLLATE utf8mb3_bin AS behind_at
            FROM listed l
        ),
        -- alice is the role of that name, or else alice@%.
        declared AS (
            SELECT n.role, n.member, n.admin, n.default_role,
                   IF(n.behind_at = n.member, n.member,
                      LEFT(n.member, CHAR_LENGTH(n.member) - CHAR_LENGTH(n.behind_at) - 1)) AS user,
                   IF(n.behind_at = n.member,
                      IF(EXISTS (SELECT 1 FROM principal p WHERE p.is_role AND p.user = n.member), '', '%'),
                      n.behind_at) AS host
            FROM named n
            JOIN managed m ON m.role = n.role AND m.is_on
        ),
        wanted AS (
            SELECT d.role, d.member, d.admin, d.default_role, d.user, d.host,
                   CONCAT('`', REPLACE(d.role, '`', '``'), '`') AS quoted_role,
                   CONCAT('`', REPLACE(d.user, '`', '``'), '`',
                          IF(d.host = '', '', CONCAT('@`', REPLACE(d.host, '`', '``'), '`'))) AS grantee,
                   EXISTS (SELECT 1 FROM principal p WHERE p.user = d.user AND p.host = d.host) AS is_there
            FROM declared d
        ),
        -- Whoever makes a role has a row with ADMIN: no membership of the account's own.
        actual AS (
            SELECT r.Role AS role, r.User AS user, r.Host AS host, r.Admin_option = 'Y' AS admin,
                   NOT p.is_role AND p.default_role = r.Role AS is_default,
                   CONCAT('`', REPLACE(r.Role, '`', '``'), '`') AS quoted_role,
                   CONCAT('`', REPLACE(r.User, '`', '``'), '`',
                          IF(r.Host = '', '', CONCAT('@`', REPLACE(r.Host, '`', '``'), '`'))) AS grantee
            FROM mysql.roles_mapping r
            JOIN managed m ON m.role = r.Role
            JOIN principal p ON p.user = r.User AND p.host = r.Host
            WHERE NOT (r.Admin_option = 'Y' AND CONCAT(r.User, '@', r.Host) = CURRENT_USER())
        ),
        compared AS (
            SELECT w.quoted_role, w.grantee, w.admin, w.default_role, a.role IS NOT NULL AS is_member,
                   COALESCE(a.admin, 0) AS has_admin, COALESCE(a.is_default, 0) AS is_default
            FROM wanted w
            LEFT JOIN actual a ON a.role = w.role AND a.user = w.user AND a.host = w.host
            WHERE w.is_there
        ),
        unwanted AS (
            SELECT a.quoted_role, a.grantee, a.is_default
            FROM actual a
            WHERE NOT EXISTS (SELECT 1 FROM wanted w WHERE w.role = a.role AND w.user = a.user AND w.host = a.host)
        ),
        -- Nothing is rolled back here: who is missing is told first. A default role stays named after its revoke, and an account has one at most.
        changes (step, role, member, statement) AS (
            SELECT 0, w.quoted_role, w.grantee, CONCAT('there is no user or role ', w.grantee)
            FROM wanted w WHERE {missing_is_error} AND NOT w.is_there
            UNION ALL
            SELECT 1, c.quoted_role, c.grantee, CONCAT('SET DEFAULT ROLE NONE FOR ', c.grantee)
            FROM compared c WHERE c.is_default AND c.default_role = 0
            UNION ALL
            SELECT 2, u.quoted_role, u.grantee, CONCAT('SET DEFAULT ROLE NONE FOR ', u.grantee)
            FROM unwanted u WHERE u.is_default
            UNION ALL
            SELECT 3, c.quoted_role, c.grantee,
                   CONCAT('GRANT ', c.quoted_role, ' TO ', c.grantee, IF(c.admin, ' WITH ADMIN OPTION', ''))
            FROM compared c WHERE NOT c.is_member OR (c.admin AND NOT c.has_admin)
            UNION ALL
            SELECT 4, c.quoted_role, c.grantee, CONCAT('SET DEFAULT ROLE ', c.quoted_role, ' FOR ', c.grantee)
            FROM compared c WHERE c.default_role = 1 AND NOT c.is_default
            UNION ALL
            SELECT 5, c.quoted_role, c.grantee, CONCAT('REVOKE ADMIN OPTION FOR ', c.quoted_role, ' FROM ', c.grantee)
            FROM compared c WHERE c.has_admin AND NOT c.admin
            UNION ALL
            SELECT 6, u.quoted_role, u.grantee, CONCAT('REVOKE ', u.quoted_role, ' FROM ', u.grantee)
            FROM unwanted u
        )
        SELECT c.step, c.statement
        FROM changes c
        ORDER BY c.step, c.role, c.member
    ) DO
        SET sentence = next_one.statement;
        IF next_one.step = 0 THEN
            SET sentence = LEFT(sentence, 128);
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = sentence;
        ELSEIF next_one.step = 2 THEN
            BEGIN
                -- The account may not: the name of a role that is not had does no harm.
                DECLARE CONTINUE HANDLER FOR 1044 BEGIN END;
                EXECUTE IMMEDIATE sentence;
            END;
        ELSE
            EXECUTE IMMEDIATE sentence;
        END IF;
    END FOR;
END//
DELIMITER ;
