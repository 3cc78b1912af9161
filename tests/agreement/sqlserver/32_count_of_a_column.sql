-- roost: touches = app
IF (SELECT COUNT(default_schema_name) FROM sys.database_principals WHERE name = N'hr') = 0
    CREATE ROLE app;
