SELECT installed_rank, version, description, type, script, checksum, installed_by,
       pg_catalog.to_char(installed_on::timestamp, 'YYYY-MM-DD"T"HH24:MI:SS.MS') AS installed_on,
       CASE WHEN success THEN 1 ELSE 0 END AS success
FROM {table}
ORDER BY installed_rank
