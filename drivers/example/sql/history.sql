-- Rows of Flyway's history table, for which {table} stands; columns as src/app/migrations.cpp takes them.
SELECT installed_rank, version, description, type, script, checksum, installed_by, installed_on, success
FROM {table}
ORDER BY installed_rank
