EXEC sp_releaseapplock @Resource = N'roost', @LockOwner = N'Session'
