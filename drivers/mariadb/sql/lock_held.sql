-- Whether this session holds the lock of lock.sql.
SELECT COALESCE(IS_USED_LOCK('roost') = CONNECTION_ID(), 0)
