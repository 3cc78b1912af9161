-- The payroll database as its migrations leave it, Flyway's history included. Run by psql in an empty database.
CREATE TABLE employee (
    name text PRIMARY KEY,
    salary integer NOT NULL
);
INSERT INTO employee VALUES ('alice', 4200), ('bob', 3900), ('carol', 4100);

CREATE TABLE payslip (
    employee text NOT NULL REFERENCES employee (name),
    month text NOT NULL,
    amount integer NOT NULL,
    PRIMARY KEY (employee, month)
);

CREATE TABLE setting (
    name text PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INTEGER,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
    "execution_time" INTEGER NOT NULL,
    "success" BOOLEAN NOT NULL
);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
INSERT INTO "flyway_schema_history" VALUES
    (1, '1', 'employees', 'SQL', 'V1__employees.sql', -1215867261, 'postgres', '2026-11-02 09:00:00', 4, true),
    (2, '2', 'new payroll', 'SQL', 'V2__new_payroll.sql', 1872093413, 'postgres', '2026-11-16 09:00:00', 6, true);
