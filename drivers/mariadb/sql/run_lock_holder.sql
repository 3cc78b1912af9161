-- Whose session holds the lock of run_lock.sql. Account only for the same one, and for those with PROCESS.
SELECT h.session, COALESCE(CONCAT(p.USER, '@', SUBSTRING_INDEX(p.HOST, ':', 1)), '') AS account
FROM (SELECT IS_USED_LOCK('roost.run') AS session) h
LEFT JOIN information_schema.PROCESSLIST p ON p.ID = h.session
WHERE h.session IS NOT NULL
