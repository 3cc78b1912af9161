EXEC sp_releaseapplock @Resource = N'Flyway-{hash}', @LockOwner = N'Session'
