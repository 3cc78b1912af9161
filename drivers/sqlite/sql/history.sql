SELECT installed_rank, version, description, type, script, checksum, installed_by, installed_on, success
FROM {table}
ORDER BY installed_rank
