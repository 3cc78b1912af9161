-- Temporary tables of this session. tempdb knows them by a name that is filled up with underscores and a number; those of other sessions have no
-- OBJECT_ID here.
SELECT t.name
FROM (SELECT LEFT(o.name, CHARINDEX(N'____', o.name + N'____') - 1) AS name, o.object_id
      FROM tempdb.sys.tables o
      WHERE o.name LIKE N'#[^#]%') AS t
WHERE OBJECT_ID(N'tempdb..' + QUOTENAME(t.name)) = t.object_id
