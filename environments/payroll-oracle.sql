-- The payroll schema as its migrations leave it, Flyway's history included. Run by SQL*Plus in an empty schema.
CREATE TABLE employee (
    name   VARCHAR2(100) PRIMARY KEY,
    salary NUMBER(10)    NOT NULL
);
INSERT INTO employee VALUES ('alice', 4200);
INSERT INTO employee VALUES ('bob', 3900);
INSERT INTO employee VALUES ('carol', 4100);

CREATE TABLE payslip (
    employee VARCHAR2(100) NOT NULL REFERENCES employee (name),
    month    VARCHAR2(10)  NOT NULL,
    amount   NUMBER(10)    NOT NULL,
    PRIMARY KEY (employee, month)
);

CREATE TABLE setting (
    name  VARCHAR2(100)  PRIMARY KEY,
    value VARCHAR2(1000) NOT NULL
);

CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT            NOT NULL,
    "version"        VARCHAR2(50),
    "description"    VARCHAR2(200)  NOT NULL,
    "type"           VARCHAR2(20)   NOT NULL,
    "script"         VARCHAR2(1000) NOT NULL,
    "checksum"       INT,
    "installed_by"   VARCHAR2(100)  NOT NULL,
    "installed_on"   TIMESTAMP      DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "execution_time" INT            NOT NULL,
    "success"        NUMBER(1)      NOT NULL,
    CONSTRAINT "flyway_schema_history_pk" PRIMARY KEY ("installed_rank")
);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");
INSERT INTO "flyway_schema_history"
VALUES (1, '1', 'employees', 'SQL', 'V1__employees.sql', -1215867261, 'PAYROLL', TIMESTAMP '2026-11-02 09:00:00', 4, 1);
INSERT INTO "flyway_schema_history"
VALUES (2, '2', 'new payroll', 'SQL', 'V2__new_payroll.sql', 1872093413, 'PAYROLL', TIMESTAMP '2026-11-16 09:00:00', 6, 1);
COMMIT;
