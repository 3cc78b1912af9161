-- The roles that the payroll's code asks about. Declared in roost.toml too; made here, so that plain SQL finds them.
INSERT OR IGNORE INTO roost_role (name) VALUES ('hr'), ('payroll_reader');
