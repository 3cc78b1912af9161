-- The ledger: what roost did to the databases of this server. Roles belong to the server, so there is one ledger for all. Times are ISO 8601 in UTC.
CREATE DATABASE IF NOT EXISTS roost CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE IF NOT EXISTS roost.run (
    id             bigint      NOT NULL PRIMARY KEY,
    database_name  varchar(64) NOT NULL,
    state          varchar(20) NOT NULL CHECK (state IN ('started', 'committed', 'done', 'failed', 'abandoned')),
    event          varchar(40) NOT NULL,
    actor          text        NOT NULL COMMENT 'the person or pipeline that ran it',
    account        text        NOT NULL COMMENT 'the database account it ran as',
    host           text        NOT NULL,
    roost          text        NOT NULL COMMENT 'the version of the program',
    schema_version text            NULL COMMENT 'highest applied migration at the start',
    history_rank   int             NULL COMMENT 'highest installed_rank of the migrations at the start',
    started_at     varchar(40) NOT NULL,
    ended_at       varchar(40)     NULL,
    error          text            NULL,
    INDEX run_by_database (database_name, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT = 'every run that changed something, or tried to';

CREATE TABLE IF NOT EXISTS roost.step (
    run_id     bigint      NOT NULL,
    seq        int         NOT NULL,
    kind       varchar(40) NOT NULL,
    phase      varchar(40) NOT NULL,
    name       text        NOT NULL COMMENT 'path of the script, or the role that was declared',
    checksum   bigint          NULL COMMENT 'CRC32 of the script as Flyway computes it',
    place      text        NOT NULL,
    covers     mediumtext  NOT NULL COMMENT 'what it does, in words',
    state      varchar(20) NOT NULL,
    started_at varchar(40) NOT NULL,
    ended_at   varchar(40)     NULL,
    error      text            NULL,
    PRIMARY KEY (run_id, seq),
    INDEX step_by_name (kind, name(500), run_id),
    CONSTRAINT step_of_run FOREIGN KEY (run_id) REFERENCES roost.run (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT = 'what a run did, in its order';

CREATE TABLE IF NOT EXISTS roost.hold (
    role   varchar(128) NOT NULL PRIMARY KEY,
    toggle text         NOT NULL,
    level  varchar(40)  NOT NULL,
    member text         NOT NULL,
    actor  text         NOT NULL,
    reason text         NOT NULL,
    since  varchar(40)  NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT = 'features that were switched off and stay off until released';

CREATE TABLE IF NOT EXISTS roost.role (
    name    varchar(128) NOT NULL PRIMARY KEY,
    comment text         NOT NULL COMMENT 'a line of it says which environment owns the role'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT = 'comments on roles, which MariaDB has not';

-- The last, as nothing rolls back here: where it is, the others are.
CREATE TABLE IF NOT EXISTS roost.ledger (
    database_name varchar(64) NOT NULL PRIMARY KEY,
    version       int         NOT NULL,
    project       text        NOT NULL,
    environment   text        NOT NULL,
    database_id   text        NOT NULL COMMENT 'host and port, or cluster, and database: a copy of it has another',
    created_at    varchar(40) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT = 'whose ledger this is, for each database';
