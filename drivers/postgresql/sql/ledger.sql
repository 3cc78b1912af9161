-- The ledger: what roost did to this database. Times are ISO 8601 in UTC.
CREATE SCHEMA IF NOT EXISTS roost;
REVOKE ALL ON SCHEMA roost FROM PUBLIC;
COMMENT ON SCHEMA roost IS 'what roost did to this database: runs, their steps, and features held off';

CREATE TABLE IF NOT EXISTS roost.ledger (
    version     int  NOT NULL,
    project     text NOT NULL,
    environment text NOT NULL,
    database_id text NOT NULL,
    created_at  text NOT NULL
);
COMMENT ON TABLE roost.ledger IS 'one row: the layout, and whose ledger this is';
COMMENT ON COLUMN roost.ledger.database_id IS 'system identifier and oid of the database: a copy of it has another';
CREATE UNIQUE INDEX IF NOT EXISTS ledger_one_row ON roost.ledger ((true));

CREATE TABLE IF NOT EXISTS roost.run (
    id             bigint PRIMARY KEY,
    state          text NOT NULL CHECK (state IN ('started', 'committed', 'done', 'failed', 'abandoned')),
    event          text NOT NULL,
    actor          text NOT NULL,
    account        text NOT NULL,
    host           text NOT NULL,
    roost          text NOT NULL,
    schema_version text,
    history_rank   int,
    started_at     text NOT NULL,
    ended_at       text,
    error          text
);
COMMENT ON TABLE roost.run IS 'every run that changed something, or tried to';
COMMENT ON COLUMN roost.run.actor IS 'the person or pipeline that ran it';
COMMENT ON COLUMN roost.run.account IS 'the database account it ran as';
COMMENT ON COLUMN roost.run.roost IS 'the version of the program';
COMMENT ON COLUMN roost.run.schema_version IS 'highest applied migration at the start';
COMMENT ON COLUMN roost.run.history_rank IS 'highest installed_rank of the migrations at the start';

CREATE TABLE IF NOT EXISTS roost.step (
    run_id     bigint NOT NULL REFERENCES roost.run (id),
    seq        int    NOT NULL,
    kind       text   NOT NULL,
    phase      text   NOT NULL,
    name       text   NOT NULL,
    checksum   bigint,
    place      text   NOT NULL,
    covers     text   NOT NULL,
    state      text   NOT NULL,
    started_at text   NOT NULL,
    ended_at   text,
    error      text,
    PRIMARY KEY (run_id, seq)
);
CREATE INDEX IF NOT EXISTS step_by_name ON roost.step (kind, name, run_id);
COMMENT ON TABLE roost.step IS 'what a run did, in its order';
COMMENT ON COLUMN roost.step.name IS 'path of the script, or the role that was declared';
COMMENT ON COLUMN roost.step.checksum IS 'CRC32 of the script as Flyway computes it';
COMMENT ON COLUMN roost.step.covers IS 'what it does, in words';

CREATE TABLE IF NOT EXISTS roost.hold (
    role   text PRIMARY KEY,
    toggle text NOT NULL,
    level  text NOT NULL,
    member text NOT NULL,
    actor  text NOT NULL,
    reason text NOT NULL,
    since  text NOT NULL
);
COMMENT ON TABLE roost.hold IS 'features that were switched off and stay off until released';
