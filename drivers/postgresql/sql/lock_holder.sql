-- Who holds the lock of lock.sql. application_name and usename are there for everybody to read; backend_start only for the same account
-- and for those who may see all of pg_stat_activity.
SELECT COALESCE(a.usename, ''), COALESCE(a.application_name, ''),
       COALESCE(pg_catalog.to_char(pg_catalog.timezone('UTC', a.backend_start), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')
FROM pg_catalog.pg_locks l
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1::smallint
  AND l.classid = x'72'::int::pg_catalog.oid AND l.objid = x'6F6F7374'::int::pg_catalog.oid
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
