-- Whether this session holds the lock of lock.sql.
SELECT EXISTS (
    SELECT 1
    FROM pg_catalog.pg_locks l
    WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'advisory' AND l.granted AND l.objsubid = 1::smallint
      AND l.classid = x'72'::int::pg_catalog.oid AND l.objid = x'6F6F7374'::int::pg_catalog.oid)::int
