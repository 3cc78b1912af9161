-- What a database of the SQL Server model keeps. Tables that scripts make are called "schema.name".
CREATE TABLE model_database (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE model_principal (
    principal_id        INTEGER PRIMARY KEY,
    name                nvarchar(128) NOT NULL COLLATE MODEL UNIQUE,
    type                char(1)  NOT NULL,
    default_schema_name nvarchar(128),
    owning_principal_id INTEGER REFERENCES model_principal,
    is_fixed_role       INTEGER NOT NULL DEFAULT 0,
    authentication_type INTEGER NOT NULL DEFAULT 0,
    login               nvarchar(128),
    create_date         varchar(27) NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now'))
);
INSERT INTO model_principal (principal_id, name, type, default_schema_name, owning_principal_id, is_fixed_role, authentication_type, login) VALUES
    (1,     'dbo',                'S', 'dbo',   NULL, 0, 1, 'sa'),
    (0,     'public',             'R', NULL,    1,    0, 0, NULL),
    (2,     'guest',              'S', 'guest', NULL, 0, 0, NULL),
    (3,     'INFORMATION_SCHEMA', 'S', NULL,    NULL, 0, 0, NULL),
    (4,     'sys',                'S', NULL,    NULL, 0, 0, NULL),
    (16384, 'db_owner',           'R', NULL,    1,    1, 0, NULL),
    (16385, 'db_accessadmin',     'R', NULL,    1,    1, 0, NULL),
    (16386, 'db_securityadmin',   'R', NULL,    1,    1, 0, NULL),
    (16387, 'db_ddladmin',        'R', NULL,    1,    1, 0, NULL),
    (16389, 'db_backupoperator',  'R', NULL,    1,    1, 0, NULL),
    (16390, 'db_datareader',      'R', NULL,    1,    1, 0, NULL),
    (16391, 'db_datawriter',      'R', NULL,    1,    1, 0, NULL),
    (16392, 'db_denydatareader',  'R', NULL,    1,    1, 0, NULL),
    (16393, 'db_denydatawriter',  'R', NULL,    1,    1, 0, NULL);

CREATE TABLE model_member (
    role_principal_id   INTEGER NOT NULL REFERENCES model_principal,
    member_principal_id INTEGER NOT NULL REFERENCES model_principal,
    PRIMARY KEY (role_principal_id, member_principal_id)
) WITHOUT ROWID;
CREATE INDEX model_member_of ON model_member (member_principal_id);
INSERT INTO model_member VALUES (16384, 1);

CREATE TABLE model_permission (
    class                INTEGER NOT NULL,
    major_id             INTEGER NOT NULL,
    minor_id             INTEGER NOT NULL,
    grantee_principal_id INTEGER NOT NULL REFERENCES model_principal,
    grantor_principal_id INTEGER NOT NULL REFERENCES model_principal,
    permission_name      nvarchar(128) NOT NULL,
    state                char(1) NOT NULL,
    PRIMARY KEY (class, major_id, minor_id, grantee_principal_id, permission_name)
);

CREATE TABLE model_schema (
    schema_id    INTEGER PRIMARY KEY,
    name         nvarchar(128) NOT NULL COLLATE MODEL UNIQUE,
    principal_id INTEGER NOT NULL REFERENCES model_principal
);
INSERT INTO model_schema VALUES (1, 'dbo', 1), (2, 'guest', 2), (3, 'INFORMATION_SCHEMA', 3), (4, 'sys', 4);

-- Tables, views and procedures.
CREATE TABLE model_object (
    object_id   INTEGER PRIMARY KEY,
    name        nvarchar(128) NOT NULL COLLATE MODEL,
    schema_id   INTEGER NOT NULL REFERENCES model_schema,
    type        char(2) NOT NULL,
    definition  TEXT,
    create_date varchar(27) NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')),
    UNIQUE (schema_id, name)
);
INSERT INTO model_object (object_id, name, schema_id, type) VALUES (100, 'model', 4, 'S');

CREATE TABLE model_property (
    class    INTEGER NOT NULL,
    major_id INTEGER NOT NULL,
    minor_id INTEGER NOT NULL,
    name     nvarchar(128) NOT NULL COLLATE MODEL,
    value    nvarchar(3750),
    PRIMARY KEY (class, major_id, minor_id, name)
);
