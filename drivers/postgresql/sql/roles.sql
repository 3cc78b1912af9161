-- Every role and user with its comment. pg_authid would need a superuser; pg_roles everybody may read. The bits: 1 can log in,
-- 2 superuser, 4 INHERIT, 8 CREATEROLE, 16 CREATEDB, 32 REPLICATION, 64 BYPASSRLS. `others` stands for what is not a bit.
SELECT r.oid, r.rolname, c.description AS comment,
       r.rolcanlogin::int | (r.rolsuper::int << 1) | (r.rolinherit::int << 2) | (r.rolcreaterole::int << 3)
           | (r.rolcreatedb::int << 4) | (r.rolreplication::int << 5) | (r.rolbypassrls::int << 6) AS attributes,
       CASE WHEN r.rolconnlimit = -1 AND r.rolvaliduntil IS NULL AND r.rolconfig IS NULL THEN 0
            ELSE pg_catalog.hashtext(pg_catalog.concat(r.rolconnlimit, ' ', r.rolvaliduntil, ' ', r.rolconfig)) END AS others
FROM pg_catalog.pg_roles r
LEFT JOIN pg_catalog.pg_shdescription c
       ON c.objoid = r.oid AND c.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass::pg_catalog.oid
