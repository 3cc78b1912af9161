-- How the session stands. The last columns tell the run's transaction from any other: how deep it is, and whether it holds the lock of mark.sql, which
-- ends with it.
SELECT USER_NAME()      AS user_name,
       SUSER_SNAME()    AS login_name,
       DB_NAME()        AS database_name,
       @@OPTIONS        AS options,
       @@LOCK_TIMEOUT   AS lock_timeout,
       @@LANGUAGE       AS language,
       @@DATEFIRST      AS first_day,
       (SELECT s.date_format FROM sys.dm_exec_sessions s WHERE s.session_id = @@SPID) AS date_format,
       @@TRANCOUNT      AS depth,
       COALESCE(APPLOCK_MODE(N'public', N'roost.transaction', N'Transaction'), N'') AS mark
