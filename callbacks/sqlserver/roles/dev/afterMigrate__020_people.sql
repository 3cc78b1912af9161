-- roost: touches = alice, bob, carol
-- The people of the development database. Elsewhere they come from the directory.
IF DATABASE_PRINCIPAL_ID(N'alice') IS NULL CREATE USER [alice] WITHOUT LOGIN;
IF DATABASE_PRINCIPAL_ID(N'bob') IS NULL CREATE USER [bob] WITHOUT LOGIN;
IF DATABASE_PRINCIPAL_ID(N'carol') IS NULL CREATE USER [carol] WITHOUT LOGIN;
GO
