-- Waits for the lock of flyway_lock_try.sql, half a second at most.
DECLARE @answer int;
EXEC @answer = sp_getapplock @Resource = N'Flyway-{hash}', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 500;
SELECT CASE WHEN @answer >= 0 THEN 1 ELSE 0 END AS had;
