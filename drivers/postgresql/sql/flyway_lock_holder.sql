-- Who holds the lock of flyway_lock_try.sql; since when is shown to the same account, and to those who may see all of pg_stat_activity.
SELECT COALESCE(a.usename, ''), COALESCE(a.application_name, ''),
       COALESCE(pg_catalog.to_char(pg_catalog.timezone('UTC', a.xact_start), 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')
FROM pg_catalog.pg_locks l
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1::smallint
  AND (l.classid::bigint << 32) + l.objid::bigint = 77431708279161 + ({hash})
  AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
