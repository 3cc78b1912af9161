-- The ledger: what roost did to this database. Times are ISO 8601 in UTC. The schema is the user ROOST, who must exist. To Oracle an empty text is
-- NULL, so no column that may be empty is NOT NULL.
CREATE TABLE roost.run (
    id             NUMBER(18)     NOT NULL,
    state          VARCHAR2(20)   NOT NULL,
    event          VARCHAR2(40)   NOT NULL,
    actor          VARCHAR2(1000),
    account        VARCHAR2(200),
    host           VARCHAR2(500),
    roost          VARCHAR2(40),
    schema_version VARCHAR2(100),
    history_rank   NUMBER(10),
    started_at     VARCHAR2(40)   NOT NULL,
    ended_at       VARCHAR2(40),
    error          CLOB,
    PRIMARY KEY (id),
    CHECK (state IN ('started', 'committed', 'done', 'failed', 'abandoned'))
);

CREATE TABLE roost.step (
    run_id     NUMBER(18)     NOT NULL,
    seq        NUMBER(10)     NOT NULL,
    kind       VARCHAR2(20)   NOT NULL,
    phase      VARCHAR2(40),
    name       VARCHAR2(1000),
    checksum   NUMBER(18),
    place      VARCHAR2(2000),
    covers     CLOB,
    state      VARCHAR2(20)   NOT NULL,
    started_at VARCHAR2(40)   NOT NULL,
    ended_at   VARCHAR2(40),
    error      CLOB,
    PRIMARY KEY (run_id, seq),
    FOREIGN KEY (run_id) REFERENCES roost.run (id)
);

-- "LEVEL" is reserved.
CREATE TABLE roost.hold (
    role    VARCHAR2(128)  NOT NULL,
    toggle  VARCHAR2(1000) NOT NULL,
    "LEVEL" VARCHAR2(20)   NOT NULL,
    member  VARCHAR2(128),
    actor   VARCHAR2(1000),
    reason  VARCHAR2(2000),
    since   VARCHAR2(40)   NOT NULL,
    PRIMARY KEY (role)
);

-- Whose each role is: Oracle has no comments on roles.
CREATE TABLE roost.role (
    name   VARCHAR2(128)  NOT NULL,
    remark VARCHAR2(2000),
    PRIMARY KEY (name)
);

-- The lock of accounts that may not use DBMS_LOCK, as sql/lock_table.sql has made it.
CREATE TABLE roost.lock_row (
    id     NUMBER(1)      NOT NULL,
    holder VARCHAR2(1000),
    PRIMARY KEY (id)
);

-- The last one: where it is there, all are.
CREATE TABLE roost.ledger (
    version     NUMBER(10)     NOT NULL,
    project     VARCHAR2(1000) NOT NULL,
    environment VARCHAR2(1000) NOT NULL,
    database_id VARCHAR2(200)  NOT NULL,
    created_at  VARCHAR2(40)   NOT NULL,
    one_row     NUMBER(1)      DEFAULT 1 NOT NULL,
    PRIMARY KEY (one_row)
);
