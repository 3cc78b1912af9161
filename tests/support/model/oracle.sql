-- What a container of the Oracle model keeps. Tables that scripts make are called "OWNER.NAME".
CREATE TABLE model_database (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE model_user (
    name         VARCHAR2(128) PRIMARY KEY,
    password     TEXT,
    status       VARCHAR2(32) NOT NULL DEFAULT 'OPEN',
    default_mode VARCHAR2(6)  NOT NULL DEFAULT 'ALL',   -- ALL, NONE, LIST, EXCEPT: of model_default_role
    maintained   VARCHAR2(1)  NOT NULL DEFAULT 'N',
    common       VARCHAR2(3)  NOT NULL DEFAULT 'NO',
    created      VARCHAR2(19) NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%S', 'now'))
);
CREATE TABLE model_default_role (username VARCHAR2(128) NOT NULL, role VARCHAR2(128) NOT NULL, PRIMARY KEY (username, role));

CREATE TABLE model_role (
    name           VARCHAR2(128) PRIMARY KEY,
    role_id        INTEGER,
    authentication VARCHAR2(11) NOT NULL DEFAULT 'NONE',
    maintained     VARCHAR2(1)  NOT NULL DEFAULT 'N',
    common         VARCHAR2(3)  NOT NULL DEFAULT 'NO'
);
CREATE TABLE model_role_priv (
    grantee      VARCHAR2(128) NOT NULL,
    granted_role VARCHAR2(128) NOT NULL,
    admin_option VARCHAR2(3)   NOT NULL DEFAULT 'NO',
    common       VARCHAR2(3)   NOT NULL DEFAULT 'NO',
    PRIMARY KEY (grantee, granted_role, common)
);
CREATE TABLE model_sys_priv (grantee VARCHAR2(128) NOT NULL, privilege VARCHAR2(40) NOT NULL, admin_option VARCHAR2(3) NOT NULL, PRIMARY KEY (grantee, privilege));
CREATE TABLE model_tab_priv (
    grantee    VARCHAR2(128) NOT NULL,
    owner      VARCHAR2(128) NOT NULL,
    table_name VARCHAR2(128) NOT NULL,
    grantor    VARCHAR2(128) NOT NULL,
    privilege  VARCHAR2(40)  NOT NULL,
    grantable  VARCHAR2(3)   NOT NULL,
    PRIMARY KEY (grantee, owner, table_name, privilege)
);
CREATE TABLE model_object (owner VARCHAR2(128) NOT NULL, name VARCHAR2(128) NOT NULL, type VARCHAR2(23) NOT NULL, text CLOB, PRIMARY KEY (owner, name));

INSERT INTO model_user (name, maintained, common) VALUES ('SYS', 'Y', 'YES'), ('SYSTEM', 'Y', 'YES'), ('XS$NULL', 'Y', 'YES');
INSERT INTO model_role (name, maintained, common) VALUES ('CONNECT', 'Y', 'YES'), ('RESOURCE', 'Y', 'YES'), ('DBA', 'Y', 'YES'), ('SELECT_CATALOG_ROLE', 'Y', 'YES'),
    ('EXECUTE_CATALOG_ROLE', 'Y', 'YES'), ('AQ_ADMINISTRATOR_ROLE', 'Y', 'YES');
INSERT INTO model_role_priv VALUES ('SYS', 'DBA', 'YES', 'YES'), ('SYSTEM', 'DBA', 'NO', 'YES'), ('DBA', 'SELECT_CATALOG_ROLE', 'NO', 'YES'), ('SYS', 'AQ_ADMINISTRATOR_ROLE', 'YES', 'YES');
INSERT INTO model_sys_priv VALUES ('CONNECT', 'CREATE SESSION', 'NO'), ('RESOURCE', 'CREATE TABLE', 'NO'), ('RESOURCE', 'CREATE PROCEDURE', 'NO');
