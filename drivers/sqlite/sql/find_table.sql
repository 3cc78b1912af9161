-- Names of tables have no case here. Parameters: schema, table.
SELECT 'main' AS schema, name
FROM main.sqlite_schema
WHERE lower(?) IN ('', 'main') AND type IN ('table', 'view') AND name = ? COLLATE NOCASE
