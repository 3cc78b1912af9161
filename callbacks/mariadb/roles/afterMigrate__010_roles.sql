-- The roles that carry rights. IF NOT EXISTS makes it safe to run again; OR REPLACE would take every membership along.
CREATE ROLE IF NOT EXISTS hr;
CREATE ROLE IF NOT EXISTS payroll_reader;

GRANT SELECT ON payslip TO payroll_reader;
GRANT SELECT, INSERT, UPDATE ON employee TO hr;
