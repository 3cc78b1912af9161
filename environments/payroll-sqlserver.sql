-- The payroll database as its migrations leave it, Flyway's history included. Run by sqlcmd in an empty database.
CREATE TABLE dbo.employee (
    name nvarchar(100) NOT NULL PRIMARY KEY,
    salary int NOT NULL
);
INSERT INTO dbo.employee (name, salary) VALUES (N'alice', 4200), (N'bob', 3900), (N'carol', 4100);
GO

CREATE TABLE dbo.payslip (
    employee nvarchar(100) NOT NULL REFERENCES dbo.employee (name),
    month nvarchar(7) NOT NULL,
    amount int NOT NULL,
    PRIMARY KEY (employee, month)
);
GO

CREATE TABLE dbo.setting (
    name nvarchar(100) NOT NULL PRIMARY KEY,
    value nvarchar(400) NOT NULL
);
GO

CREATE TABLE dbo.flyway_schema_history (
    installed_rank int NOT NULL PRIMARY KEY,
    version nvarchar(50),
    description nvarchar(200),
    type nvarchar(20) NOT NULL,
    script nvarchar(1000) NOT NULL,
    checksum int,
    installed_by nvarchar(100) NOT NULL,
    installed_on datetime NOT NULL DEFAULT GETDATE(),
    execution_time int NOT NULL,
    success bit NOT NULL
);
INSERT INTO dbo.flyway_schema_history
    (installed_rank, version, description, type, script, checksum, installed_by, installed_on, execution_time, success) VALUES
    (1, N'1', N'employees', N'SQL', N'V1__employees.sql', -1215867261, N'dbo', '2026-11-02T09:00:00', 4, 1),
    (2, N'2', N'new payroll', N'SQL', N'V2__new_payroll.sql', 1872093413, N'dbo', '2026-11-16T09:00:00', 6, 1);
GO
