-- Gives each role in `whole` the members that `listed` has for it, and no others. A role whose feature needs a later schema version is on for nobody.
-- One change at a time, until none is left; one that could not be made is an error, and the last. To add who is missing comes first, and fails.
DECLARE @change nvarchar(max) = N'', @last nvarchar(max);
WHILE @change IS NOT NULL
BEGIN
    SET @last = @change;
    SET @change = NULL;
    WITH whole (role, is_on) AS (
        SELECT w.role, w.is_on
        FROM (VALUES
            {whole}
        ) AS w (role, is_on)
    ),
    listed (role, member) AS (
        SELECT l.role, l.member
        FROM (VALUES
            {listed}
        ) AS l (role, member)
    ),
    declared (role, member) AS (
        SELECT l.role, l.member
        FROM listed l
        JOIN whole w ON w.role = l.role
        WHERE w.is_on = 1 AND ({missing_is_error} = 1 OR DATABASE_PRINCIPAL_ID(l.member) IS NOT NULL)
    ),
    changes (step, role, member, statement) AS (
        SELECT CASE WHEN DATABASE_PRINCIPAL_ID(d.member) IS NULL THEN 0 ELSE 1 END, d.role, d.member,
               N'ALTER ROLE ' + QUOTENAME(d.role) + N' ADD MEMBER ' + QUOTENAME(d.member)
        FROM declared d
        WHERE NOT EXISTS (SELECT 1 FROM sys.database_role_members m
                          WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(d.role)
                            AND m.member_principal_id = DATABASE_PRINCIPAL_ID(d.member))
        UNION ALL
        SELECT 2, r.name, p.name, N'ALTER ROLE ' + QUOTENAME(r.name) + N' DROP MEMBER ' + QUOTENAME(p.name)
        FROM whole w
        JOIN sys.database_role_members m ON m.role_principal_id = DATABASE_PRINCIPAL_ID(w.role)
        JOIN sys.database_principals r ON r.principal_id = m.role_principal_id
        JOIN sys.database_principals p ON p.principal_id = m.member_principal_id
        WHERE NOT EXISTS (SELECT 1 FROM declared d
                          WHERE d.role = w.role AND DATABASE_PRINCIPAL_ID(d.member) = m.member_principal_id)
    )
    SELECT TOP (1) @change = c.statement
    FROM changes c
    ORDER BY c.step, c.role, c.member;
    IF @change = @last BREAK;
    EXEC (@change);
END;
