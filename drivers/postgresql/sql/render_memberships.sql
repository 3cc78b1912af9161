-- Gives each role in `whole` the members that `listed` has for it, and no others. A role whose feature needs a later schema version is on for nobody.
-- admin, inherit and can_set are the options of a membership; NULL leaves one as it is.
DO $roost$
DECLARE
    -- From PostgreSQL 16 on a membership has INHERIT and SET, and a row for each grantor.
    has_options CONSTANT boolean := pg_catalog.current_setting('server_version_num')::int >= 160000;
    change text;
BEGIN
    FOREACH change IN ARRAY ARRAY(
        WITH RECURSIVE whole (role, is_on) AS (VALUES
            {whole}
        ),
        listed (role, member, admin, inherit, can_set) AS (VALUES
            {listed}
        ),
        declared AS (
            SELECT l.role, l.member, l.admin, l.inherit, l.can_set,
                   l.inherit IS NOT NULL OR l.can_set IS NOT NULL AS says_options,
                   pg_catalog.concat_ws(', ', 'ADMIN ' || l.admin::text, 'INHERIT ' || l.inherit::text,
                                        'SET ' || COALESCE(l.can_set, TRUE)::text) AS options
            FROM listed l
            JOIN whole w ON w.role = l.role AND w.is_on
            WHERE {missing_is_error} OR EXISTS (SELECT 1 FROM pg_catalog.pg_roles r WHERE r.rolname = l.member)
        ),
        -- PostgreSQL 15 has neither inherit_option nor set_option: there the two names fall through to `absent`.
        granted AS (
            SELECT r.rolname::text AS role, u.rolname::text AS member, m.roleid, m.member AS memberid, m.grantor,
                   m.admin_option AS admin, m.inherit_option AS inherit, m.set_option AS can_set,
                   CASE WHEN has_options THEN pg_catalog.format(' GRANTED BY %I', g.rolname) ELSE '' END AS by_grantor
            FROM (SELECT NULL::boolean AS inherit_option, NULL::boolean AS set_option) AS absent
            CROSS JOIN LATERAL (SELECT a.roleid, a.member, a.grantor, a.admin_option, inherit_option, set_option
                                FROM pg_catalog.pg_auth_members a) AS m
            JOIN pg_catalog.pg_roles r ON r.oid = m.roleid
            JOIN pg_catalog.pg_roles u ON u.oid = m.member
            LEFT JOIN pg_catalog.pg_roles g ON g.oid = m.grantor
            JOIN whole w ON w.role = r.rolname
        ),
        -- What somebody granted goes before what he was granted himself.
        chain (roleid, memberid, depth) AS (
            SELECT g.roleid, g.memberid, 1
            FROM granted g
            UNION
            SELECT g.roleid, g.memberid, c.depth + 1
            FROM chain c
            JOIN granted g ON g.roleid = c.roleid AND g.grantor = c.memberid
            WHERE has_options
        ),
        -- A row with neither INHERIT nor SET only administers, and is no membership. An option is on if the row of any grantor gives it: to have
        -- it, the first row is altered; to be rid of it, every row that gives it.
        actual AS (
            SELECT g.*,
                   (SELECT pg_catalog.max(c.depth) FROM chain c
                    WHERE c.roleid = g.roleid AND c.memberid = g.memberid)           AS depth,
                   pg_catalog.row_number() OVER (of_member ORDER BY g.by_grantor) = 1 AS is_first,
                   pg_catalog.bool_or(g.admin)   OVER of_member                      AS any_admin,
                   pg_catalog.bool_or(g.inherit) OVER of_member                      AS any_inherit,
                   pg_catalog.bool_or(g.can_set) OVER of_member                      AS any_set
            FROM granted g
            WHERE COALESCE(g.inherit OR g.can_set, TRUE)
            WINDOW of_member AS (PARTITION BY g.role, g.member)
        ),
        altered AS (
            SELECT a.role, a.member, a.by_grantor, a.depth, a.admin AND NOT d.admin AS loses_admin,
                   pg_catalog.concat_ws(
                       ', ',
                       CASE WHEN a.is_first AND d.admin AND NOT a.any_admin
                            THEN CASE WHEN has_options THEN 'ADMIN TRUE' ELSE 'ADMIN OPTION' END END,
                       CASE WHEN a.is_first AND d.inherit AND NOT a.any_inherit THEN 'INHERIT TRUE'
                            WHEN a.inherit AND NOT d.inherit                    THEN 'INHERIT FALSE' END,
                       CASE WHEN a.is_first AND d.can_set AND NOT a.any_set THEN 'SET TRUE'
                            WHEN a.can_set AND NOT d.can_set                THEN 'SET FALSE' END) AS options
            FROM actual a
            JOIN declared d ON d.role = a.role AND d.member = a.member
        ),
        changes (step, depth, role, member, statement) AS (
            -- A server without the options that are asked for says so.
            SELECT 1, 0, d.role, d.member,
                   pg_catalog.format('GRANT %I TO %I%s', d.role, d.member,
                                     CASE WHEN has_options OR d.says_options THEN ' WITH ' || d.options
                                          WHEN d.admin                       THEN ' WITH ADMIN OPTION'
                                          ELSE '' END)
            FROM declared d
            WHERE (d.says_options AND NOT has_options)
               OR NOT EXISTS (SELECT 1 FROM actual a WHERE a.role = d.role AND a.member = d.member)
            UNION ALL
            SELECT 2, 0, a.role, a.member,
                   pg_catalog.format('GRANT %I TO %I WITH %s%s', a.role, a.member, a.options, a.by_grantor)
            FROM altered a
            WHERE a.options <> ''
            UNION ALL
            SELECT 3, a.depth, a.role, a.member,
                   pg_catalog.format('REVOKE ADMIN OPTION FOR %I FROM %I%s', a.role, a.member, a.by_grantor)
            FROM altered a
            WHERE a.loses_admin
            UNION ALL
            SELECT 3, a.depth, a.role, a.member,
                   pg_catalog.format('REVOKE %I FROM %I%s', a.role, a.member, a.by_grantor)
            FROM actual a
            WHERE NOT EXISTS (SELECT 1 FROM declared d WHERE d.role = a.role AND d.member = a.member)
        )
        SELECT c.statement
        FROM changes c
        ORDER BY c.step, c.depth DESC, c.role, c.member, c.statement
    )
    LOOP
        EXECUTE change;
    END LOOP;
END
$roost$;
