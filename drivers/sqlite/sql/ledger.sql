-- Roles, kept in tables because SQLite has none, and the ledger: what roost did to this database. Times are ISO 8601 in UTC.

-- Roles and users; a user is a role that can log in.
CREATE TABLE IF NOT EXISTS roost_role (
    name    TEXT    NOT NULL PRIMARY KEY CHECK (name <> ''),
    login   INTEGER NOT NULL DEFAULT 0 CHECK (login IN (0, 1)),
    comment TEXT    NOT NULL DEFAULT ''
);

-- role -> member, direct. inherit = 0: a member that gains nothing.
CREATE TABLE IF NOT EXISTS roost_role_member (
    role    TEXT    NOT NULL,
    member  TEXT    NOT NULL,
    admin   INTEGER NOT NULL DEFAULT 0 CHECK (admin IN (0, 1)),
    inherit INTEGER NOT NULL DEFAULT 1 CHECK (inherit IN (0, 1)),
    PRIMARY KEY (role, member)
);
CREATE INDEX IF NOT EXISTS roost_role_member_by_member ON roost_role_member (member);

-- Triggers, as foreign keys are off unless each connection turns them on.
CREATE TRIGGER IF NOT EXISTS roost_role_member_role BEFORE INSERT ON roost_role_member
WHEN NOT EXISTS (SELECT 1 FROM roost_role WHERE name = NEW.role)
BEGIN
    SELECT RAISE(ABORT, 'roost: no such role');
END;
CREATE TRIGGER IF NOT EXISTS roost_role_member_member BEFORE INSERT ON roost_role_member
WHEN NOT EXISTS (SELECT 1 FROM roost_role WHERE name = NEW.member)
BEGIN
    SELECT RAISE(ABORT, 'roost: no such member');
END;
CREATE TRIGGER IF NOT EXISTS roost_role_member_circular BEFORE INSERT ON roost_role_member
WHEN EXISTS (
    WITH RECURSIVE up(role) AS (
        SELECT NEW.role
        UNION
        SELECT m.role FROM up JOIN roost_role_member m ON m.member = up.role)
    SELECT 1 FROM up WHERE up.role = NEW.member)
BEGIN
    SELECT RAISE(ABORT, 'roost: circular membership');
END;
CREATE TRIGGER IF NOT EXISTS roost_role_member_moved BEFORE UPDATE OF role, member ON roost_role_member
BEGIN
    SELECT RAISE(ABORT, 'roost: delete the membership and insert another');
END;
CREATE TRIGGER IF NOT EXISTS roost_role_renamed BEFORE UPDATE OF name ON roost_role
WHEN NEW.name <> OLD.name
BEGIN
    SELECT RAISE(ABORT, 'roost: a role cannot be renamed');
END;
CREATE TRIGGER IF NOT EXISTS roost_role_dropped AFTER DELETE ON roost_role
BEGIN
    DELETE FROM roost_role_member WHERE role = OLD.name OR member = OLD.name;
END;

-- One row: the layout, and whose ledger this is. database_id is the file's full name: a copy of it has another.
CREATE TABLE IF NOT EXISTS roost_ledger (
    version     INTEGER NOT NULL,
    project     TEXT    NOT NULL,
    environment TEXT    NOT NULL,
    database_id TEXT    NOT NULL,
    created_at  TEXT    NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS roost_ledger_one_row ON roost_ledger ((1));

-- Every run that changed something, or tried to.
CREATE TABLE IF NOT EXISTS roost_run (
    id             INTEGER PRIMARY KEY,
    state          TEXT NOT NULL CHECK (state IN ('started', 'committed', 'done', 'failed', 'abandoned')),
    event          TEXT NOT NULL,
    actor          TEXT NOT NULL,
    account        TEXT NOT NULL,
    host           TEXT NOT NULL,
    roost          TEXT NOT NULL,
    schema_version TEXT,
    history_rank   INTEGER,
    started_at     TEXT NOT NULL,
    ended_at       TEXT,
    error          TEXT
);

-- What a run did, in its order. checksum: CRC32 of the script as Flyway computes it; covers: what it does, in words.
CREATE TABLE IF NOT EXISTS roost_step (
    run_id     INTEGER NOT NULL REFERENCES roost_run (id),
    seq        INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    phase      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    checksum   INTEGER,
    place      TEXT    NOT NULL,
    covers     TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    started_at TEXT    NOT NULL,
    ended_at   TEXT,
    error      TEXT,
    PRIMARY KEY (run_id, seq)
);
CREATE INDEX IF NOT EXISTS roost_step_by_name ON roost_step (kind, name, run_id);

-- Features that were switched off and stay off until released.
CREATE TABLE IF NOT EXISTS roost_hold (
    role   TEXT NOT NULL PRIMARY KEY,
    toggle TEXT NOT NULL,
    level  TEXT NOT NULL,
    member TEXT NOT NULL,
    actor  TEXT NOT NULL,
    reason TEXT NOT NULL,
    since  TEXT NOT NULL
);
