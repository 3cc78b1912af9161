-- The payroll database as its migrations leave it, Flyway's history included. Made by scripts/demo and the tests.
CREATE TABLE employee (
    name TEXT PRIMARY KEY,
    salary INTEGER NOT NULL
);
INSERT INTO employee VALUES ('alice', 4200), ('bob', 3900), ('carol', 4100);

CREATE TABLE payslip (
    employee TEXT NOT NULL REFERENCES employee (name),
    month TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (employee, month)
);

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
INSERT INTO "flyway_schema_history" VALUES
    (1, '1', 'employees', 'SQL', 'V1__employees.sql', -1215867261, '', '2026-11-02 09:00:00.000', 4, 1),
    (2, '2', 'new payroll', 'SQL', 'V2__new_payroll.sql', 1872093413, '', '2026-11-16 09:00:00.000', 6, 1);
