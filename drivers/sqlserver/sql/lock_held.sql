-- Whether this session holds the lock of lock.sql.
SELECT CASE WHEN APPLOCK_MODE(N'public', N'roost', N'Session') = N'Exclusive' THEN 1 ELSE 0 END AS held
