SELECT installed_rank, version, description, type, script, checksum, installed_by,
       LEFT(DATE_FORMAT(installed_on, '%Y-%m-%dT%H:%i:%s.%f'), 23) AS installed_on,
       CASE WHEN success THEN 1 ELSE 0 END AS success
FROM {table}
ORDER BY installed_rank
