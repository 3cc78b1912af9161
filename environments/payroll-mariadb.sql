-- The payroll database as its migrations leave it, Flyway's history included. Run by mariadb in an empty database.
CREATE TABLE employee (
    name   VARCHAR(100) PRIMARY KEY,
    salary INT          NOT NULL
);
INSERT INTO employee VALUES ('alice', 4200), ('bob', 3900), ('carol', 4100);

CREATE TABLE payslip (
    employee VARCHAR(100) NOT NULL,
    month    VARCHAR(10)  NOT NULL,
    amount   INT          NOT NULL,
    PRIMARY KEY (employee, month),
    FOREIGN KEY (employee) REFERENCES employee (name)
);

CREATE TABLE setting (
    name  VARCHAR(100)  PRIMARY KEY,
    value VARCHAR(1000) NOT NULL
);

CREATE TABLE `flyway_schema_history` (
    `installed_rank` INT           NOT NULL,
    `version`        VARCHAR(50),
    `description`    VARCHAR(200)  NOT NULL,
    `type`           VARCHAR(20)   NOT NULL,
    `script`         VARCHAR(1000) NOT NULL,
    `checksum`       INT,
    `installed_by`   VARCHAR(100)  NOT NULL,
    `installed_on`   TIMESTAMP     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `execution_time` INT           NOT NULL,
    `success`        BOOL          NOT NULL,
    CONSTRAINT `flyway_schema_history_pk` PRIMARY KEY (`installed_rank`)
) ENGINE = InnoDB;
CREATE INDEX `flyway_schema_history_s_idx` ON `flyway_schema_history` (`success`);
INSERT INTO `flyway_schema_history` VALUES
    (1, '1', 'employees', 'SQL', 'V1__employees.sql', -1215867261, 'root', '2026-11-02 09:00:00', 4, true),
    (2, '2', 'new payroll', 'SQL', 'V2__new_payroll.sql', 1872093413, 'root', '2026-11-16 09:00:00', 6, true);
