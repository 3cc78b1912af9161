-- The ledger: what roost did to this database. docs/ledger.md says what the columns hold. Times are ISO 8601 in UTC.
CREATE TABLE roost.run (
    id             BIGINT        NOT NULL PRIMARY KEY,
    state          VARCHAR(20)   NOT NULL,
    event          VARCHAR(40)   NOT NULL,
    actor          VARCHAR(1000) NOT NULL,
    account        VARCHAR(1000) NOT NULL,
    host           VARCHAR(1000) NOT NULL,
    roost          VARCHAR(40)   NOT NULL,
    schema_version VARCHAR(200),
    history_rank   INTEGER,
    started_at     VARCHAR(40)   NOT NULL,
    ended_at       VARCHAR(40),
    error          VARCHAR(8000)
);

CREATE TABLE roost.step (
    run_id     BIGINT        NOT NULL REFERENCES roost.run (id),
    seq        INTEGER       NOT NULL,
    kind       VARCHAR(20)   NOT NULL,
    phase      VARCHAR(20)   NOT NULL,
    name       VARCHAR(1000) NOT NULL,
    checksum   BIGINT,
    place      VARCHAR(1000) NOT NULL,
    covers     VARCHAR(8000) NOT NULL,
    state      VARCHAR(20)   NOT NULL,
    started_at VARCHAR(40)   NOT NULL,
    ended_at   VARCHAR(40),
    error      VARCHAR(8000),
    PRIMARY KEY (run_id, seq)
);

CREATE TABLE roost.hold (
    role   VARCHAR(1000) NOT NULL PRIMARY KEY,
    toggle VARCHAR(1000) NOT NULL,
    level  VARCHAR(20)   NOT NULL,
    member VARCHAR(1000) NOT NULL,
    actor  VARCHAR(1000) NOT NULL,
    reason VARCHAR(8000) NOT NULL,
    since  VARCHAR(40)   NOT NULL
);

-- The last one: where it is there, all are.
CREATE TABLE roost.ledger (
    version     INTEGER       NOT NULL,
    project     VARCHAR(1000) NOT NULL,
    environment VARCHAR(1000) NOT NULL,
    database_id VARCHAR(1000) NOT NULL,
    created_at  VARCHAR(40)   NOT NULL
);
