-- Who holds the lock of flyway_lock_try.sql: session, and account for the same one and for those with PROCESS. Since when is not known.
SELECT COALESCE(CONCAT(p.USER, '@', SUBSTRING_INDEX(p.HOST, ':', 1)), ''), CONCAT('session ', h.session), ''
FROM (SELECT IS_USED_LOCK('Flyway-{hash}') AS session) h
LEFT JOIN information_schema.PROCESSLIST p ON p.ID = h.session
WHERE h.session IS NOT NULL
