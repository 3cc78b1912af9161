-- The ledger: what roost did to this database. Times are ISO 8601 in UTC. CREATE SCHEMA must stand alone in its batch, and is had by EXEC.
IF SCHEMA_ID(N'roost') IS NULL EXEC(N'CREATE SCHEMA roost')
GO

-- One row: the layout, and whose ledger this is. database_id: server, name and date of the database; a copy has another.
IF OBJECT_ID(N'roost.ledger', N'U') IS NULL
CREATE TABLE roost.ledger (
    only_row    int            NOT NULL DEFAULT 1 CHECK (only_row = 1) PRIMARY KEY,
    version     int            NOT NULL,
    project     nvarchar(400)  NOT NULL,
    environment nvarchar(400)  NOT NULL,
    database_id nvarchar(400)  NOT NULL,
    created_at  nvarchar(40)   NOT NULL
)
GO

-- Every run that changed something, or tried to. actor: the person or pipeline; account: the database account; roost: the program's version;
-- schema_version and history_rank: highest applied migration at the start.
IF OBJECT_ID(N'roost.run', N'U') IS NULL
CREATE TABLE roost.run (
    id             bigint         NOT NULL PRIMARY KEY,
    state          nvarchar(20)   NOT NULL CHECK (state IN (N'started', N'committed', N'done', N'failed', N'abandoned')),
    event          nvarchar(40)   NOT NULL,
    actor          nvarchar(400)  NOT NULL,
    account        nvarchar(400)  NOT NULL,
    host           nvarchar(400)  NOT NULL,
    roost          nvarchar(40)   NOT NULL,
    schema_version nvarchar(400),
    history_rank   int,
    started_at     nvarchar(40)   NOT NULL,
    ended_at       nvarchar(40),
    error          nvarchar(max)
)
GO

-- What a run did, in its order. name: path of the script, or the role that was declared; checksum: CRC32 of the script as Flyway computes it;
-- covers: what it does, in words.
IF OBJECT_ID(N'roost.step', N'U') IS NULL
CREATE TABLE roost.step (
    run_id     bigint         NOT NULL REFERENCES roost.run (id),
    seq        int            NOT NULL,
    kind       nvarchar(20)   NOT NULL,
    phase      nvarchar(20)   NOT NULL,
    name       nvarchar(800)  NOT NULL,
    checksum   bigint,
    place      nvarchar(1000) NOT NULL,
    covers     nvarchar(max)  NOT NULL,
    state      nvarchar(20)   NOT NULL,
    started_at nvarchar(40)   NOT NULL,
    ended_at   nvarchar(40),
    error      nvarchar(max),
    PRIMARY KEY (run_id, seq)
)
GO

-- Features that were switched off and stay off until released.
IF OBJECT_ID(N'roost.hold', N'U') IS NULL
CREATE TABLE roost.hold (
    role   nvarchar(128) NOT NULL PRIMARY KEY,
    toggle nvarchar(400) NOT NULL,
    level  nvarchar(20)  NOT NULL,
    member nvarchar(400) NOT NULL,
    actor  nvarchar(400) NOT NULL,
    reason nvarchar(max) NOT NULL,
    since  nvarchar(40)  NOT NULL
)
GO

-- Whose each role is: roles have no comment here. principal_id and created_at tell a role from another of the same name.
IF OBJECT_ID(N'roost.role', N'U') IS NULL
CREATE TABLE roost.role (
    name         nvarchar(128) NOT NULL PRIMARY KEY,
    principal_id int           NOT NULL,
    created_at   nvarchar(30)  NOT NULL,
    comment      nvarchar(max) NOT NULL
)
