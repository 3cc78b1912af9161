-- Who holds the lock of flyway_lock_try.sql. Both views show what belongs to others only to those with VIEW SERVER STATE.
SELECT s.login_name, s.program_name, N'' AS since
FROM sys.dm_tran_locks l
JOIN sys.dm_exec_sessions s ON s.session_id = l.request_session_id
WHERE l.resource_type = N'APPLICATION' AND l.resource_database_id = DB_ID() AND l.request_status = N'GRANT'
  AND l.resource_description LIKE N'%:[[]Flyway-{hash}]:%'
