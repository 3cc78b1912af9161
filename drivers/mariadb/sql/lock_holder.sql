-- Who holds the lock of lock.sql: its session, and of the locks that spell its name the text, byte by byte in order (locks.cpp says
-- more). User and host of the session only for the same account, and for those with PROCESS.
WITH RECURSIVE at(position) AS (
    SELECT 0
    UNION ALL
    SELECT at.position + 1 FROM at WHERE at.position < 119
), bit(number) AS (
    SELECT 0 UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7
), holder AS (
    SELECT IS_USED_LOCK('roost') AS session
)
SELECT h.session, COALESCE(CONCAT(p.USER, '@', SUBSTRING_INDEX(p.HOST, ':', 1)), '') AS account, a.position,
       SUM((IS_USED_LOCK(CONCAT('roost.', h.session, '.', a.position * 8 + b.number)) IS NOT NULL) << b.number) AS byte
FROM holder h
CROSS JOIN at a
CROSS JOIN bit b
LEFT JOIN information_schema.PROCESSLIST p ON p.ID = h.session
WHERE h.session IS NOT NULL
GROUP BY h.session, p.USER, p.HOST, a.position
ORDER BY a.position
