-- The table or view of this name. Names are exact, or in capitals: those of the ledger are not quoted. Parameters: schema, schema, schema,
-- table, table, schema, table; the schema empty: the current one.
SELECT o.owner, o.table_name
FROM (SELECT t.owner, t.table_name FROM sys.all_tables t
      UNION ALL
      SELECT v.owner, v.view_name FROM sys.all_views v) o
WHERE (o.owner = ? OR o.owner = UPPER(?) OR (? IS NULL AND o.owner = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')))
  AND (o.table_name = ? OR o.table_name = UPPER(?))
ORDER BY CASE WHEN o.owner = ? THEN 0 ELSE 1 END, CASE WHEN o.table_name = ? THEN 0 ELSE 1 END
