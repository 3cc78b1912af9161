-- roost: touches = app
CREATE ROLE [app];
GO
ALTER ROLE [app] ADD MEMBER [nobody_knows];
