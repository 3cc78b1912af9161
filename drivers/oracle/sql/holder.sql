-- Who holds the lock, where the account may read V$SESSION.
SELECT s.client_info, s.username, TO_CHAR(s.logon_time, 'YYYY-MM-DD HH24:MI:SS') AS since
FROM sys.v_$session s
WHERE s.module = 'roost lock'
ORDER BY s.logon_time
