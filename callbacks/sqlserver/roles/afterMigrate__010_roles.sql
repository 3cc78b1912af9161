-- The roles that carry rights. The guard makes it safe to run again; GO ends a batch.
IF DATABASE_PRINCIPAL_ID(N'hr') IS NULL CREATE ROLE [hr];
IF DATABASE_PRINCIPAL_ID(N'payroll_reader') IS NULL CREATE ROLE [payroll_reader];
GO

GRANT SELECT ON dbo.payslip TO [payroll_reader];
GRANT SELECT, INSERT, UPDATE ON dbo.employee TO [hr];
GO
