-- What is granted and owned, but for the ledger's tables; others may be in the same schema. What Oracle's own accounts and roles hold is left out,
-- and what everybody may do to Oracle's own objects. When an object was made is not told: CREATED is in the time zone of the server's machine.
SELECT 'right' AS kind, p.grantee AS holder, p.owner AS schema_name, LOWER(p.type) || ' ' || p.table_name AS object,
       CASE p.grantable WHEN 'YES' THEN p.privilege || ' with grant option' ELSE p.privilege END AS what, p.grantor AS grantor, NULL AS created
FROM sys.dba_tab_privs p
LEFT JOIN sys.dba_users o ON o.username = p.owner
LEFT JOIN sys.dba_users u ON u.username = p.grantee
LEFT JOIN sys.dba_roles r ON r.role = p.grantee
WHERE NOT (p.owner = 'ROOST' AND UPPER(p.table_name) IN ('LEDGER', 'RUN', 'STEP', 'HOLD', 'ROLE', 'LOCK_ROW'))
  AND COALESCE(u.oracle_maintained, r.oracle_maintained, 'N') <> 'Y'
  AND (p.grantee <> 'PUBLIC' OR COALESCE(o.oracle_maintained, 'N') <> 'Y')
UNION ALL
SELECT 'right', c.grantee, c.owner, 'column ' || c.table_name || '.' || c.column_name,
       CASE c.grantable WHEN 'YES' THEN c.privilege || ' with grant option' ELSE c.privilege END, c.grantor, NULL
FROM sys.dba_col_privs c
LEFT JOIN sys.dba_users o ON o.username = c.owner
LEFT JOIN sys.dba_users u ON u.username = c.grantee
LEFT JOIN sys.dba_roles r ON r.role = c.grantee
WHERE NOT (c.owner = 'ROOST' AND UPPER(c.table_name) IN ('LEDGER', 'RUN', 'STEP', 'HOLD', 'ROLE', 'LOCK_ROW'))
  AND COALESCE(u.oracle_maintained, r.oracle_maintained, 'N') <> 'Y'
  AND (c.grantee <> 'PUBLIC' OR COALESCE(o.oracle_maintained, 'N') <> 'Y')
UNION ALL
SELECT 'right', s.grantee, NULL, 'database', CASE s.admin_option WHEN 'YES' THEN s.privilege || ' with admin option' ELSE s.privilege END, NULL, NULL
FROM sys.dba_sys_privs s
LEFT JOIN sys.dba_users u ON u.username = s.grantee
LEFT JOIN sys.dba_roles r ON r.role = s.grantee
WHERE COALESCE(u.oracle_maintained, r.oracle_maintained, 'N') <> 'Y'
UNION ALL
SELECT 'limit', d.grantee, NULL, NULL, 'has ' || COUNT(*) || ' default roles, and a session has 148 at most', NULL, NULL
FROM sys.dba_role_privs d
JOIN sys.dba_users u ON u.username = d.grantee
WHERE d.default_role = 'YES' AND COALESCE(u.oracle_maintained, 'N') <> 'Y'
GROUP BY d.grantee
HAVING COUNT(*) > 120
UNION ALL
SELECT 'owner', o.owner, o.owner, LOWER(o.object_type) || ' ' || o.object_name, NULL, NULL, NULL
FROM sys.dba_objects o
LEFT JOIN sys.dba_users u ON u.username = o.owner
WHERE o.object_type IN ('TABLE', 'VIEW', 'MATERIALIZED VIEW', 'SEQUENCE', 'PROCEDURE', 'FUNCTION', 'PACKAGE', 'TYPE')
  AND NOT (o.owner = 'ROOST' AND UPPER(o.object_name) IN ('LEDGER', 'RUN', 'STEP', 'HOLD', 'ROLE', 'LOCK_ROW'))
  AND o.object_name NOT LIKE 'BIN$%' AND COALESCE(u.oracle_maintained, 'N') <> 'Y'
