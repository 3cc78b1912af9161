-- What is granted, owned and set, beside memberships; everybody may read it. An object whose rights were never touched has none written down:
-- acldefault() says what that means (functions, for one, may be called by everybody). What the server made itself is left out, unless somebody
-- changed who may use it. Owners have every right, so that theirs are told only where some were taken. Of other databases only what was
-- granted is told. Names are cast, as the operators and functions below take text.
WITH thing(class, id, part, built_in, schema, object, owner, acl, usual) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, c.oid, 0,
           pg_catalog.starts_with(n.nspname::text, 'pg_') OR n.nspname = 'information_schema', n.nspname::text,
           pg_catalog.concat(CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                                            WHEN 'f' THEN 'foreign table' ELSE 'table' END, ' ', c.relname::text),
           c.relowner, c.relacl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, c.oid, a.attnum::int,
           pg_catalog.starts_with(n.nspname::text, 'pg_') OR n.nspname = 'information_schema', n.nspname::text,
           pg_catalog.concat('column ', c.relname::text, '.', a.attname::text), c.relowner, a.attacl, NULL
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c     ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid, p.oid, 0,
           pg_catalog.starts_with(n.nspname::text, 'pg_') OR n.nspname = 'information_schema', n.nspname::text,
           pg_catalog.concat(CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, ' ', p.proname::text, '(',
                             pg_catalog.pg_get_function_identity_arguments(p.oid), ')'),
           p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    -- Arguments take a look-up each: of the thousands of functions that are built in only those that anybody touched.
    WHERE p.proacl IS NOT NULL OR NOT (pg_catalog.starts_with(n.nspname::text, 'pg_') OR n.nspname = 'information_schema')
    UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid, t.oid, 0,
           pg_catalog.starts_with(n.nspname::text, 'pg_') OR n.nspname = 'information_schema', n.nspname::text,
           pg_catalog.concat(CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, ' ', t.typname::text),
           t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner)
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n  ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
    -- Not the types of tables' rows, nor those that came with another: arrays, multiranges.
    WHERE t.typtype <> 'm' AND t.typcategory <> 'A' AND COALESCE(c.relkind, 'c') = 'c'
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass::pg_catalog.oid, n.oid, 0,
           pg_catalog.starts_with(n.nspname::text, 'pg_') OR n.nspname = 'information_schema', '',
           pg_catalog.concat('schema ', n.nspname::text), n.nspowner, n.nspacl, pg_catalog.acldefault('n', n.nspowner)
    FROM pg_catalog.pg_namespace n
    UNION ALL
    SELECT 'pg_catalog.pg_database'::pg_catalog.regclass::pg_catalog.oid, d.oid, 0, d.datname <> pg_catalog.current_database(), '',
           pg_catalog.concat('database ', d.datname::text), d.datdba, d.datacl, pg_catalog.acldefault('d', d.datdba)
    FROM pg_catalog.pg_database d
    UNION ALL
    SELECT 'pg_catalog.pg_language'::pg_catalog.regclass::pg_catalog.oid, l.oid, 0, true, '',
           pg_catalog.concat('language ', l.lanname::text), l.lanowner, l.lanacl, pg_catalog.acldefault('l', l.lanowner)
    FROM pg_catalog.pg_language l
    UNION ALL
    SELECT 'pg_catalog.pg_tablespace'::pg_catalog.regclass::pg_catalog.oid, t.oid, 0, true, '',
           pg_catalog.concat('tablespace ', t.spcname::text), t.spcowner, t.spcacl, pg_catalog.acldefault('t', t.spcowner)
    FROM pg_catalog.pg_tablespace t
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass::pg_catalog.oid, f.oid, 0, false, '',
           pg_catalog.concat('foreign data wrapper ', f.fdwname::text), f.fdwowner, f.fdwacl, pg_catalog.acldefault('F', f.fdwowner)
    FROM pg_catalog.pg_foreign_data_wrapper f
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass::pg_catalog.oid, s.oid, 0, false, '',
           pg_catalog.concat('foreign server ', s.srvname::text), s.srvowner, s.srvacl, pg_catalog.acldefault('S', s.srvowner)
    FROM pg_catalog.pg_foreign_server s
    UNION ALL
    SELECT 'pg_catalog.pg_largeobject'::pg_catalog.regclass::pg_catalog.oid, l.oid, 0, false, '',
           pg_catalog.concat('large object ', l.oid), l.lomowner, l.lomacl, pg_catalog.acldefault('L', l.lomowner)
    FROM pg_catalog.pg_largeobject_metadata l
    UNION ALL
    SELECT 'pg_catalog.pg_parameter_acl'::pg_catalog.regclass::pg_catalog.oid, p.oid, 0, true, '',
           pg_catalog.concat('parameter ', p.parname), 10::pg_catalog.oid, p.paracl, pg_catalog.acldefault('p', 10::pg_catalog.oid)
    FROM pg_catalog.pg_parameter_acl p
), held AS (
    SELECT t.built_in, t.schema, t.object, t.owner, t.acl, t.usual
    FROM thing t
    LEFT JOIN pg_catalog.pg_init_privs i ON i.objoid = t.id AND i.classoid = t.class AND i.objsubid = t.part
    WHERE t.schema <> 'roost' AND t.object <> 'schema roost'
      AND (NOT t.built_in OR (t.acl IS NOT NULL AND t.acl IS DISTINCT FROM i.initprivs))
)
SELECT 'right' AS kind, CASE a.grantee WHEN 0::pg_catalog.oid THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END AS holder, h.schema, h.object,
       CASE WHEN a.is_grantable THEN pg_catalog.concat(a.privilege_type, ' with grant option') ELSE a.privilege_type END AS what,
       pg_catalog.pg_get_userbyid(a.grantor)::text AS grantor, '' AS created
FROM held h
CROSS JOIN LATERAL pg_catalog.aclexplode(COALESCE(h.acl, h.usual)) a
WHERE a.grantee <> h.owner
  -- Nobody wrote down how these were at first.
  AND NOT (a.grantee = 0::pg_catalog.oid AND h.built_in AND (h.schema = 'information_schema' OR h.object = 'schema information_schema'
                                             OR pg_catalog.starts_with(h.object, 'database ')))
UNION ALL
SELECT 'owner', pg_catalog.pg_get_userbyid(h.owner)::text, h.schema, h.object,
       CASE WHEN own.rights IS NOT DISTINCT FROM own.usual THEN ''
            ELSE pg_catalog.concat('has only ', COALESCE(own.rights, 'what owners always have')) END, '', ''
FROM held h
CROSS JOIN LATERAL (
    SELECT (SELECT pg_catalog.string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type)
            FROM pg_catalog.aclexplode(COALESCE(h.acl, h.usual)) a WHERE a.grantee = h.owner) AS rights,
           (SELECT pg_catalog.string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type)
            FROM pg_catalog.aclexplode(h.usual) a WHERE a.grantee = h.owner)                  AS usual) own
WHERE NOT h.built_in AND h.usual IS NOT NULL
UNION ALL
-- A list of rights is in its object's row, and a row is in one page.
SELECT 'limit', '', h.schema, h.object,
       pg_catalog.concat('its list of rights has ', pg_catalog.pg_column_size(h.acl), ' bytes of the 8160 that a row can have'), '', ''
FROM held h
WHERE pg_catalog.pg_column_size(h.acl) > 6000
UNION ALL
-- What will be granted on objects that somebody makes: the whole list where it is for every schema, else what is added to it.
SELECT 'default right', CASE a.grantee WHEN 0::pg_catalog.oid THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END, COALESCE(n.nspname::text, ''),
       pg_catalog.concat(CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types'
                                              WHEN 'n' THEN 'schemas' ELSE 'large objects' END,
                         ' made by ', pg_catalog.pg_get_userbyid(d.defaclrole)::text),
       CASE WHEN a.is_grantable THEN pg_catalog.concat(a.privilege_type, ' with grant option') ELSE a.privilege_type END,
       pg_catalog.pg_get_userbyid(a.grantor)::text, ''
FROM pg_catalog.pg_default_acl d
CROSS JOIN LATERAL pg_catalog.aclexplode(d.defaclacl) a
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
WHERE COALESCE(n.nspname::text, '') <> 'roost'
UNION ALL
SELECT 'setting', CASE s.setrole WHEN 0::pg_catalog.oid THEN '' ELSE pg_catalog.pg_get_userbyid(s.setrole)::text END, '',
       CASE s.setdatabase WHEN 0::pg_catalog.oid THEN '' ELSE pg_catalog.concat('database ', pg_catalog.current_database()::text) END,
       pg_catalog.regexp_replace(c.setting, '=', ' = '), '', ''
FROM pg_catalog.pg_db_role_setting s
CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) c(setting)
WHERE s.setdatabase IN (0::pg_catalog.oid, (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()))
UNION ALL
SELECT 'definition', CASE r.id WHEN 0::pg_catalog.oid THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(r.id)::text END, n.nspname::text,
       pg_catalog.concat('policy ', p.polname::text, ' on ', c.relname::text),
       pg_catalog.concat(CASE WHEN p.polpermissive THEN '' ELSE 'restrictive, ' END, 'for ',
                         CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                         ' using ' || pg_catalog.pg_get_expr(p.polqual, p.polrelid),
                         ' with check ' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)), '', ''
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c     ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_catalog.unnest(p.polroles) r(id)
WHERE n.nspname <> 'roost'
UNION ALL
SELECT 'definition', '', n.nspname::text, pg_catalog.concat('table ', c.relname::text),
       CASE WHEN c.relforcerowsecurity THEN 'row security, for its owner too' ELSE 'row security' END, '', ''
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relrowsecurity AND n.nspname <> 'roost'
