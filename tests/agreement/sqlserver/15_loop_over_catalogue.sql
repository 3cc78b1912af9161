-- roost: touches = staff
DECLARE @sql nvarchar(max) = N'';
SELECT @sql = @sql + N'ALTER ROLE [staff] ADD MEMBER ' + QUOTENAME(p.name) + N';' FROM sys.database_principals p WHERE p.name IN (N'alice', N'bob');
EXEC(@sql);
