-- Makes the roles that are not there. CREATE ROLE IF NOT EXISTS would give a warning for each of the others.
DELIMITER //
BEGIN NOT ATOMIC
    DECLARE sentence TEXT CHARACTER SET utf8mb4;
    FOR missing IN (
        WITH declared (role) AS (VALUES
            {roles}
        ),
        named AS (
            SELECT CONVERT(d.role USING utf8mb3) COLLATE utf8mb3_bin AS role FROM declared d
        )
        SELECT n.role
        FROM named n
        WHERE NOT EXISTS (SELECT 1 FROM mysql.user u WHERE u.is_role = 'Y' AND u.User = n.role)
        ORDER BY n.role
    ) DO
        SET sentence = CONCAT('CREATE ROLE `', REPLACE(missing.role, '`', '``'), '`');
        EXECUTE IMMEDIATE sentence;
    END FOR;
END//
DELIMITER ;
