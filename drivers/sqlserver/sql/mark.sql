-- Marks the open transaction: the lock lasts until it ends, and no longer. Others may hold it as well.
EXEC sp_getapplock @Resource = N'roost.transaction', @LockMode = N'Shared', @LockOwner = N'Transaction', @LockTimeout = 0
