-- What is there besides roles and memberships: SQLite has no rights, so how each object is made is all there is. Indexes that a table's own
-- definition makes have no text.
SELECT 'definition' AS kind, '' AS holder, 'main' AS schema, type || ' ' || name AS object, COALESCE(sql, '') AS what, '' AS grantor, '' AS created
FROM main.sqlite_schema
WHERE tbl_name NOT LIKE 'roost\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
