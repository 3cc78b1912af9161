-- roost: touches = staff, hr
IF NOT EXISTS (SELECT 1 FROM sys.database_role_members m
   WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(N'staff')
     AND m.member_principal_id = DATABASE_PRINCIPAL_ID(N'alice'))
  ALTER ROLE [staff] ADD MEMBER [alice];
IF NOT EXISTS (SELECT 1 FROM sys.database_role_members m
   WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(N'hr')
     AND m.member_principal_id = DATABASE_PRINCIPAL_ID(N'alice'))
  ALTER ROLE [hr] ADD MEMBER [alice];
