-- The table or view of this name: in the schema given, or where an unqualified name finds it. Parameters: table, schema, schema.
SELECT n.nspname, c.relname
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relname = ?::pg_catalog.text AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND CASE WHEN ?::pg_catalog.text = '' THEN pg_catalog.pg_table_is_visible(c.oid)
           ELSE n.nspname = ?::pg_catalog.text END
