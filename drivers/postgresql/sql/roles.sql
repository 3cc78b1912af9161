-- Every role and user with its comment. pg_authid would need a superuser; pg_roles everybody may read. The bits: 1 can log in,
-- 2 superuser, 4 INHERIT, 8 CREATEROLE, 16 CREATEDB, 32 REPLICATION, 64 BYPASSRLS, 128 the account may grant it, 256 and comment on it.
-- `others` stands for what is not a bit.
-- The right to grant: from 16 on it takes ADMIN, held by a role whose rights the account has without SET ROLE; asking with WITH ADMIN OPTION leaves
-- that out, and takes as long for each role as the account has roles. Before, CREATEROLE does as well.
SELECT r.oid, r.rolname, c.description AS comment,
       r.rolcanlogin::int | (r.rolsuper::int << 1) | (r.rolinherit::int << 2) | (r.rolcreaterole::int << 3)
           | (r.rolcreatedb::int << 4) | (r.rolreplication::int << 5) | (r.rolbypassrls::int << 6)
           | CASE WHEN me.rolsuper OR (NOT r.rolsuper AND (h.roleid IS NOT NULL OR me.needs_no_admin)) THEN 128 ELSE 0 END
           | CASE WHEN me.rolsuper OR (NOT r.rolsuper AND (h.roleid IS NOT NULL OR me.needs_no_admin) AND me.rolcreaterole)
                  THEN 256 ELSE 0 END AS attributes,
       CASE WHEN r.rolconnlimit = -1 AND r.rolvaliduntil IS NULL AND r.rolconfig IS NULL THEN 0
            ELSE pg_catalog.hashtext(pg_catalog.concat(r.rolconnlimit, ' ', r.rolvaliduntil, ' ', r.rolconfig)) END AS others
FROM pg_catalog.pg_roles r
CROSS JOIN (SELECT o.rolsuper, o.rolcreaterole,
                   o.rolcreaterole AND pg_catalog.current_setting('server_version_num')::int < 160000 AS needs_no_admin
            FROM pg_catalog.pg_roles o
            WHERE o.rolname = current_user) AS me
LEFT JOIN pg_catalog.pg_shdescription c
       ON c.objoid = r.oid AND c.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass::pg_catalog.oid
LEFT JOIN (SELECT DISTINCT m.roleid
           FROM pg_catalog.pg_auth_members m
           WHERE m.admin_option
             AND pg_catalog.pg_has_role(m.member, CASE WHEN pg_catalog.current_setting('server_version_num')::int < 160000
                                                       THEN 'MEMBER' ELSE 'USAGE' END)) AS h
       ON h.roleid = r.oid
