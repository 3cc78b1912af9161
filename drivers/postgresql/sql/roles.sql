-- Every role and user with its comment. pg_authid would need a superuser; pg_roles everybody may read.
SELECT r.oid, r.rolname, COALESCE(c.description, '') AS comment,
       r.rolcanlogin::int AS login, r.rolsuper::int AS superuser, r.rolinherit::int AS inherit
FROM pg_catalog.pg_roles r
LEFT JOIN pg_catalog.pg_shdescription c
       ON c.objoid = r.oid AND c.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass
