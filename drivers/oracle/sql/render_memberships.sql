-- Gives each role in `whole` the members that `listed` has for it, and no others. A role whose feature needs a later schema version is on for nobody.
BEGIN
    FOR next_one IN (
        WITH whole (role, is_on) AS (
            {whole}
        ),
        listed (role, member, admin) AS (
            {listed}
        ),
        principal (name) AS (
            SELECT r.role FROM sys.dba_roles r
            UNION ALL
            SELECT u.username FROM sys.dba_users u
        ),
        declared (role, member, admin) AS (
            SELECT l.role, l.member, l.admin
            FROM listed l
            JOIN whole w ON w.role = l.role
            WHERE w.is_on = 1 AND ({missing_is_error} = 1 OR EXISTS (SELECT 1 FROM principal p WHERE p.name = l.member))
        ),
        -- Whoever makes a role has a row with ADMIN: no membership of the account's own. A pair may have two rows, one common and one local.
        actual (role, member, admin) AS (
            SELECT p.granted_role, p.grantee, MAX(CASE WHEN p.admin_option = 'YES' THEN 1 ELSE 0 END)
            FROM sys.dba_role_privs p
            JOIN whole w ON w.role = p.granted_role
            WHERE NOT (p.admin_option = 'YES' AND p.grantee = SYS_CONTEXT('USERENV', 'SESSION_USER'))
            GROUP BY p.granted_role, p.grantee
        ),
        -- Nothing is rolled back here: a grant to who is missing comes first, and fails. The admin option cannot be taken alone: the role goes with it,
        -- and comes back at once.
        changes (step, role, member, part, statement) AS (
            SELECT CASE WHEN EXISTS (SELECT 1 FROM principal p WHERE p.name = d.member) THEN 1 ELSE 0 END, d.role, d.member, 1,
                   'GRANT "' || d.role || '" TO "' || d.member || '"'
                       || CASE WHEN d.admin = 1 THEN ' WITH ADMIN OPTION' ELSE ' ' END
            FROM declared d
            WHERE NOT EXISTS (SELECT 1 FROM actual a
                              WHERE a.role = d.role AND a.member = d.member AND (a.admin = 1 OR d.admin = 0))
            UNION ALL
            SELECT 2, d.role, d.member, 1, 'REVOKE "' || d.role || '" FROM "' || d.member || '"'
            FROM declared d
            JOIN actual a ON a.role = d.role AND a.member = d.member
            WHERE a.admin = 1 AND d.admin = 0
            UNION ALL
            SELECT 2, d.role, d.member, 2, 'GRANT "' || d.role || '" TO "' || d.member || '"'
            FROM declared d
            JOIN actual a ON a.role = d.role AND a.member = d.member
            WHERE a.admin = 1 AND d.admin = 0
            UNION ALL
            SELECT 2, a.role, a.member, 1,
                   'REVOKE "' || a.role || '" FROM ' || CASE WHEN a.member = 'PUBLIC' THEN 'PUBLIC' ELSE '"' || a.member || '"' END
            FROM actual a
            WHERE NOT EXISTS (SELECT 1 FROM declared d WHERE d.role = a.role AND d.member = a.member)
        )
        SELECT c.statement
        FROM changes c
        ORDER BY c.step, c.role, c.member, c.part
    ) LOOP
        EXECUTE IMMEDIATE next_one.statement;
    END LOOP;
END;
/
