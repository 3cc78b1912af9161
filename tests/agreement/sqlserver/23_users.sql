-- roost: touches = carol, staff
IF DATABASE_PRINCIPAL_ID(N'carol') IS NULL CREATE USER [carol] WITHOUT LOGIN;
ALTER ROLE [staff] ADD MEMBER [carol];
