-- Whether there is a table or view of this name. Names are exact, or in capitals: those of the ledger are not quoted. Parameters: schema,
-- schema, schema, table, table; the schema empty: the current one.
SELECT COUNT(*)
FROM (SELECT t.owner, t.table_name FROM sys.all_tables t
      UNION ALL
      SELECT v.owner, v.view_name FROM sys.all_views v) o
WHERE o.owner IN (?, UPPER(?), CASE WHEN ? IS NULL THEN SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') END)
  AND o.table_name IN (?, UPPER(?))
