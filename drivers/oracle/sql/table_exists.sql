-- Whether there is a table or view of this name. Names are exact, or in capitals: those of the ledger are not quoted. Parameters: schema,
-- schema, schema, table, table; the schema empty: the current one.
SELECT CASE WHEN COUNT(*) > 0 THEN 'Y' ELSE 'N' END AS there
FROM (SELECT t.owner, t.table_name FROM sys.all_tables t
      UNION ALL
      SELECT v.owner, v.view_name FROM sys.all_views v) o
WHERE (o.owner = ? OR o.owner = UPPER(?) OR (? IS NULL AND o.owner = SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')))
  AND (o.table_name = ? OR o.table_name = UPPER(?))
