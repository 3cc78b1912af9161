-- What is granted, denied and owned. What everybody may do to Microsoft's own objects is left out. Words for kinds stand here as literals: the
-- descriptions in these views have another collation than names, and one column cannot have both. Times are the server's own: its distance from
-- UTC as it is now is taken off.
SELECT N'right'                                                                           AS kind,
       CASE p.grantee_principal_id WHEN 0 THEN N'PUBLIC' ELSE COALESCE(g.name, N'') END   AS holder,
       COALESCE(s.name, N'')                                                              AS schema_name,
       CASE WHEN p.class = 0 THEN CONCAT(N'database ', DB_NAME())
            WHEN p.class = 1 AND p.minor_id <> 0 THEN CONCAT(N'column ', o.name, N'.', c.name)
            WHEN p.class = 1 THEN CONCAT(CASE o.type WHEN 'U' THEN N'table' WHEN 'V' THEN N'view' WHEN 'P' THEN N'procedure' WHEN 'FN' THEN N'function'
                                                     WHEN 'IF' THEN N'function' WHEN 'TF' THEN N'function' WHEN 'SO' THEN N'sequence'
                                                     WHEN 'SN' THEN N'synonym' ELSE N'object' END,
                                         N' ', COALESCE(o.name, OBJECT_NAME(p.major_id)))
            WHEN p.class = 3 THEN CONCAT(N'schema ', n.name)
            WHEN p.class = 4 THEN CONCAT(N'principal ', q.name)
            ELSE CONCAT(N'class ', p.class, N' number ', p.major_id) END                  AS object,
       CASE p.state WHEN 'D' THEN CONCAT(N'DENY ', p.permission_name)
                    WHEN 'R' THEN CONCAT(N'REVOKE ', p.permission_name)
                    WHEN 'W' THEN CONCAT(p.permission_name, N' with grant option')
                    ELSE p.permission_name END                                            AS what,
       COALESCE(r.name, N'')                                                              AS grantor,
       N''                                                                                AS created
FROM sys.database_permissions p
LEFT JOIN sys.database_principals g ON g.principal_id = p.grantee_principal_id
LEFT JOIN sys.database_principals r ON r.principal_id = p.grantor_principal_id
LEFT JOIN sys.objects o             ON p.class = 1 AND o.object_id = p.major_id
LEFT JOIN sys.schemas s             ON s.schema_id = o.schema_id
LEFT JOIN sys.columns c             ON p.class = 1 AND c.object_id = p.major_id AND c.column_id = p.minor_id
LEFT JOIN sys.schemas n             ON p.class = 3 AND n.schema_id = p.major_id
LEFT JOIN sys.database_principals q ON p.class = 4 AND q.principal_id = p.major_id
WHERE COALESCE(s.name, n.name, N'') <> N'roost'
  AND (p.class <> 1 OR o.object_id IS NOT NULL OR p.grantee_principal_id <> 0)
UNION ALL
SELECT N'owner', COALESCE(w.name, N''), s.name,
       CONCAT(CASE o.type WHEN 'U' THEN N'table' WHEN 'V' THEN N'view' WHEN 'P' THEN N'procedure' WHEN 'FN' THEN N'function' WHEN 'IF' THEN N'function'
                          WHEN 'TF' THEN N'function' WHEN 'SO' THEN N'sequence' WHEN 'SN' THEN N'synonym' ELSE N'object' END, N' ', o.name),
       N'', N'', CONCAT(CONVERT(nvarchar(30), DATEADD(minute, DATEDIFF(minute, GETDATE(), GETUTCDATE()), o.create_date), 126), N'Z')
FROM sys.objects o
JOIN sys.schemas s                  ON s.schema_id = o.schema_id
LEFT JOIN sys.database_principals w ON w.principal_id = COALESCE(o.principal_id, s.principal_id)
WHERE o.is_ms_shipped = 0 AND o.parent_object_id = 0 AND s.name <> N'roost'
UNION ALL
SELECT N'owner', COALESCE(w.name, N''), N'', CONCAT(N'schema ', s.name), N'', N'', N''
FROM sys.schemas s
LEFT JOIN sys.database_principals w ON w.principal_id = s.principal_id
WHERE s.schema_id > 4 AND s.schema_id < 16384 AND s.name <> N'roost'
