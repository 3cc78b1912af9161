-- roost: touches = app
EXEC(N'CREATE ROLE [app]');
EXEC sp_executesql N'ALTER ROLE [app] ADD MEMBER [alice]';
