-- What of the ledger belongs to somebody who could make roost run what he likes: neither the account, nor a role that it is a member of, nor dbo or a
-- member of db_owner. An object without an owner of its own has its schema's.
SELECT part.kind, part.name, COALESCE(p.name, N'somebody who is not shown to it') AS owner, USER_NAME() AS account
FROM (SELECT N'SCHEMA' AS kind, s.name AS name, s.principal_id AS owner_id
      FROM sys.schemas s
      WHERE s.name = N'roost'
      UNION ALL
      SELECT N'OBJECT', o.name, COALESCE(o.principal_id, s.principal_id)
      FROM sys.objects o
      JOIN sys.schemas s ON s.schema_id = o.schema_id
      WHERE s.name = N'roost' AND o.type IN (N'U', N'V')) AS part
LEFT JOIN sys.database_principals p ON p.principal_id = part.owner_id
WHERE part.owner_id <> 1
  AND COALESCE(p.name, N'') <> USER_NAME()
  AND COALESCE(IS_ROLEMEMBER(p.name), 0) <> 1
  AND COALESCE(IS_ROLEMEMBER(N'db_owner', p.name), 0) <> 1
ORDER BY part.kind, part.name
