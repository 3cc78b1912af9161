-- The roles that carry rights. PostgreSQL has no CREATE ROLE IF NOT EXISTS; the guard makes it safe to run again.
DO $$ BEGIN CREATE ROLE hr NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE payroll_reader NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

GRANT SELECT ON payslip TO payroll_reader;
GRANT SELECT, INSERT, UPDATE ON employee TO hr;
