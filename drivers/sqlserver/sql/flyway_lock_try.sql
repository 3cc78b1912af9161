-- Flyway's lock on its history table, known by the hash code of the name, in this database.
DECLARE @answer int;
EXEC @answer = sp_getapplock @Resource = N'Flyway-{hash}', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = 0;
SELECT CASE WHEN @answer >= 0 THEN 1 ELSE 0 END AS had;
