-- Whether there is a table or view of this name: in the schema given, or where an unqualified name finds it. Parameters: table, schema, schema.
SELECT EXISTS (
    SELECT 1
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND CASE WHEN ?::text = '' THEN pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname = ? END)::int
