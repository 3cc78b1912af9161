-- Every role and user with its comment. pg_authid would need a superuser; pg_roles everybody may read. The bits: 1 can log in,
-- 2 superuser, 4 INHERIT.
SELECT r.oid, r.rolname, c.description AS comment,
       r.rolcanlogin::int | (r.rolsuper::int << 1) | (r.rolinherit::int << 2) AS attributes
FROM pg_catalog.pg_roles r
LEFT JOIN pg_catalog.pg_shdescription c
       ON c.objoid = r.oid AND c.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass
