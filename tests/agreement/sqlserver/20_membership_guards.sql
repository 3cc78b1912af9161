-- roost: touches = hr, staff
IF IS_ROLEMEMBER(N'hr', N'alice') = 1 ALTER ROLE [hr] DROP MEMBER [alice];
IF IS_ROLEMEMBER(N'staff', N'bob') = 0 ALTER ROLE [staff] ADD MEMBER [bob];
IF IS_ROLEMEMBER(N'never_was', N'bob') = 0 ALTER ROLE [never_was] ADD MEMBER [bob];
