-- roost: touches = hr, app, staff
IF DATABASE_PRINCIPAL_ID(N'hr') IS NULL
    CREATE ROLE [hr];
ELSE IF DATABASE_PRINCIPAL_ID(N'bob') IS NOT NULL
    ALTER ROLE [hr] ADD MEMBER [bob];
ELSE
    ALTER ROLE [staff] ADD MEMBER [alice];
IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'app') AND DATABASE_PRINCIPAL_ID(N'staff') IS NOT NULL CREATE ROLE [app];
