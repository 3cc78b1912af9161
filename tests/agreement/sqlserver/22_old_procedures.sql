-- roost: touches = hr, staff
EXEC sp_addrolemember N'staff', N'bob';
EXEC sp_droprolemember @rolename = N'hr', @membername = N'alice';
