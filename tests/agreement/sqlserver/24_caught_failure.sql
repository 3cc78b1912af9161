-- roost: touches = app
BEGIN TRY
    CREATE ROLE [app];
    SELECT 1 FROM dbo.no_such_table;
END TRY
BEGIN CATCH
    PRINT N'never mind';
END CATCH
