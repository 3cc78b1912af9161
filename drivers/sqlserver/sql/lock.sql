-- One lock in this database: roles belong to it. It is waited for that many milliseconds. The answer: 0 granted, 1 after a wait, -1 time-out, -2 cancelled, -3 deadlock.
DECLARE @answer int;
EXEC @answer = sp_getapplock @Resource = N'roost', @LockMode = N'Exclusive', @LockOwner = N'Session', @LockTimeout = {wait};
SELECT @answer AS answer;
