-- roost: touches = app
IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'app' AND type = 'R')
BEGIN
    CREATE ROLE [app] AUTHORIZATION [dbo];
    ALTER ROLE [app] ADD MEMBER [alice];
END
