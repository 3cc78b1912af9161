SELECT installed_rank, version, description, type, script, checksum, installed_by,
       CONVERT(nvarchar(30), installed_on, 126) AS installed_on,
       CASE WHEN success = 1 THEN 1 ELSE 0 END AS success
FROM {table}
ORDER BY installed_rank
