-- The table or view of this name: in the schema given, or where an unqualified name is looked for. Parameters: table, schema, schema.
SELECT s.name, o.name
FROM sys.objects o
JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE o.name = ? AND o.type IN (N'U', N'V')
  AND (s.name = ? OR (? = N'' AND s.name IN (SCHEMA_NAME(), N'dbo')))
ORDER BY CASE WHEN s.name = SCHEMA_NAME() THEN 0 ELSE 1 END
