-- Flyway quotes these names, and so makes them lower case.
SELECT "installed_rank", "version", "description", "type", "script", "checksum", "installed_by",
       TO_CHAR("installed_on", 'YYYY-MM-DD"T"HH24:MI:SS') AS "installed_on", "success"
FROM {table}
ORDER BY "installed_rank"
