-- roost: touches = app
DECLARE @sql nvarchar(200) = N'CREATE ROLE ' + QUOTENAME(N'app');
EXEC(@sql);
