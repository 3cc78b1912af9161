SELECT installed_rank, version, description, type, script, checksum, installed_by,
       REPLACE(installed_on, ' ', 'T') AS installed_on, success
FROM {table}
ORDER BY installed_rank
