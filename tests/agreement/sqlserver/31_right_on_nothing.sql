-- roost: touches = app
CREATE ROLE [app];
GO
GRANT SELECT ON dbo.no_such_table TO [app];
