-- The catalogue, over what sqlserver.sql keeps. What the session may not see is not there: sees_principal() and sees_object().
-- The tables called live_* are filled anew for each statement that names their view.
CREATE TEMP TABLE live_session (session_id INTEGER, login nvarchar(128), database_name nvarchar(128), program nvarchar(128), host nvarchar(128),
                                process INTEGER, login_time varchar(27), status nvarchar(30), doing TEXT, transactions INTEGER, options TEXT);
CREATE TEMP TABLE live_lock (session_id INTEGER, database_name nvarchar(128), type nvarchar(60), description nvarchar(256), mode nvarchar(60), owner nvarchar(60));
CREATE TEMP TABLE live_database (database_id INTEGER, name nvarchar(128), collation nvarchar(128), guid varchar(36), created varchar(27));
CREATE TEMP TABLE live_login (principal_id INTEGER, name nvarchar(128), type char(1), sid TEXT, is_disabled INTEGER, default_database nvarchar(128), fixed INTEGER);
CREATE TEMP TABLE live_server_member (role INTEGER, member INTEGER);

CREATE TEMP VIEW "sys.database_principals" AS
SELECT name, principal_id, type,
       CASE type WHEN 'R' THEN 'DATABASE_ROLE' WHEN 'S' THEN 'SQL_USER' WHEN 'A' THEN 'APPLICATION_ROLE' WHEN 'U' THEN 'WINDOWS_USER' WHEN 'G' THEN 'WINDOWS_GROUP' ELSE type END AS type_desc,
       default_schema_name, create_date, create_date AS modify_date, owning_principal_id, CASE WHEN type = 'R' THEN NULL ELSE 'S-' || principal_id END AS sid,
       is_fixed_role, authentication_type, CASE authentication_type WHEN 0 THEN 'NONE' WHEN 1 THEN 'INSTANCE' WHEN 2 THEN 'DATABASE' END AS authentication_type_desc,
       CAST(NULL AS TEXT) AS default_language_name, CAST(NULL AS INTEGER) AS default_language_lcid, 0 AS allow_encrypted_value_modifications
FROM model_principal
WHERE sees_principal(principal_id);

CREATE TEMP VIEW "sys.database_role_members" AS
SELECT role_principal_id, member_principal_id
FROM model_member
WHERE sees_principal(role_principal_id) AND sees_principal(member_principal_id);

CREATE TEMP VIEW "sys.database_permissions" AS
SELECT class, CASE class WHEN 0 THEN 'DATABASE' WHEN 1 THEN 'OBJECT_OR_COLUMN' WHEN 3 THEN 'SCHEMA' WHEN 4 THEN 'DATABASE_PRINCIPAL' END AS class_desc,
       major_id, minor_id, grantee_principal_id, grantor_principal_id, permission_type(permission_name) AS type, permission_name, state,
       CASE state WHEN 'D' THEN 'DENY' WHEN 'R' THEN 'REVOKE' WHEN 'G' THEN 'GRANT' WHEN 'W' THEN 'GRANT_WITH_GRANT_OPTION' END AS state_desc
FROM model_permission
WHERE sees_principal(grantee_principal_id);

CREATE TEMP VIEW "sys.schemas" AS SELECT name, schema_id, principal_id FROM model_schema;

CREATE TEMP VIEW "sys.objects" AS
SELECT name, object_id, CAST(NULL AS INTEGER) AS principal_id, schema_id, 0 AS parent_object_id, type,
       CASE type WHEN 'U' THEN 'USER_TABLE' WHEN 'V' THEN 'VIEW' WHEN 'P' THEN 'SQL_STORED_PROCEDURE' WHEN 'FN' THEN 'SQL_SCALAR_FUNCTION' WHEN 'TR' THEN 'SQL_TRIGGER' END AS type_desc,
       create_date, create_date AS modify_date, 0 AS is_ms_shipped, 0 AS is_published, 0 AS is_schema_published
FROM model_object
WHERE type <> 'S' AND sees_object(object_id, schema_id);
CREATE TEMP VIEW "sys.all_objects" AS SELECT * FROM "sys.objects";
CREATE TEMP VIEW "sys.tables" AS SELECT * FROM "sys.objects" WHERE type = 'U';
CREATE TEMP VIEW "sys.views" AS SELECT * FROM "sys.objects" WHERE type = 'V';
CREATE TEMP VIEW "sys.procedures" AS SELECT * FROM "sys.objects" WHERE type = 'P';
CREATE TEMP VIEW "sys.sql_modules" AS SELECT object_id, definition FROM model_object WHERE definition IS NOT NULL AND sees_object(object_id, schema_id);
CREATE TEMP VIEW "sys.columns" AS
SELECT o.object_id, c.name, c.cid + 1 AS column_id, c.type AS system_type_name, NOT c."notnull" AS is_nullable
FROM model_object o
JOIN model_schema s ON s.schema_id = o.schema_id
JOIN pragma_table_info(s.name || '.' || o.name) c
WHERE o.type IN ('U', 'V') AND sees_object(o.object_id, o.schema_id);
CREATE TEMP VIEW "sys.partitions" AS SELECT object_id, 1 AS index_id, table_rows(object_id) AS rows FROM "sys.tables";

CREATE TEMP VIEW "INFORMATION_SCHEMA.TABLES" AS
SELECT DB_NAME() AS TABLE_CATALOG, s.name AS TABLE_SCHEMA, o.name AS TABLE_NAME, CASE o.type WHEN 'U' THEN 'BASE TABLE' ELSE 'VIEW' END AS TABLE_TYPE
FROM "sys.objects" o
JOIN model_schema s ON s.schema_id = o.schema_id
WHERE o.type IN ('U', 'V');

CREATE TEMP VIEW "sys.extended_properties" AS
SELECT class, CASE class WHEN 0 THEN 'DATABASE' WHEN 1 THEN 'OBJECT_OR_COLUMN' WHEN 3 THEN 'SCHEMA' WHEN 4 THEN 'DATABASE_PRINCIPAL' END AS class_desc, major_id, minor_id, name, value
FROM model_property
WHERE class <> 4 OR sees_principal(major_id);

CREATE TEMP VIEW "sys.databases" AS
SELECT name, database_id, created AS create_date, collation AS collation_name, guid AS service_broker_guid, 'ONLINE' AS state_desc, 0 AS state, 0 AS is_read_only, 160 AS compatibility_level,
       0 AS is_read_committed_snapshot_on, 1 AS owner_sid, 0 AS containment, 3 AS recovery_model, 'SIMPLE' AS recovery_model_desc, 0 AS user_access, 'MULTI_USER' AS user_access_desc
FROM live_database;
CREATE TEMP VIEW "sys.database_recovery_status" AS
SELECT database_id, guid AS database_guid, guid AS family_guid, guid AS recovery_fork_guid, guid AS first_recovery_fork_guid FROM live_database;

CREATE TEMP VIEW "sys.server_principals" AS
SELECT name, principal_id, sid, type, CASE type WHEN 'R' THEN 'SERVER_ROLE' ELSE 'SQL_LOGIN' END AS type_desc, is_disabled, default_database AS default_database_name, fixed AS is_fixed_role FROM live_login;
CREATE TEMP VIEW "sys.sql_logins" AS SELECT name, principal_id, sid, type, type_desc, is_disabled, default_database_name FROM "sys.server_principals" WHERE type = 'S';
CREATE TEMP VIEW "sys.server_role_members" AS SELECT role AS role_principal_id, member AS member_principal_id FROM live_server_member;

CREATE TEMP VIEW "sys.dm_exec_sessions" AS
SELECT session_id, login_time, host AS host_name, program AS program_name, process AS host_process_id, 'model' AS client_interface_name, login AS login_name, login AS original_login_name, status,
       1 AS is_user_process, DB_ID(database_name) AS database_id, transactions AS open_transaction_count, login_time AS last_request_start_time,
       session_option(options, 'LANGUAGE') AS language, session_option(options, 'DATEFORMAT') AS date_format, CAST(session_option(options, 'DATEFIRST') AS INTEGER) AS date_first,
       session_option(options, 'QUOTED_IDENTIFIER') = 'ON' AS quoted_identifier, session_option(options, 'ARITHABORT') = 'ON' AS arithabort,
       session_option(options, 'ANSI_NULL_DFLT_ON') = 'ON' AS ansi_null_dflt_on, session_option(options, 'ANSI_DEFAULTS') = 'ON' AS ansi_defaults,
       session_option(options, 'ANSI_WARNINGS') = 'ON' AS ansi_warnings, session_option(options, 'ANSI_PADDING') = 'ON' AS ansi_padding, session_option(options, 'ANSI_NULLS') = 'ON' AS ansi_nulls,
       session_option(options, 'CONCAT_NULL_YIELDS_NULL') = 'ON' AS concat_null_yields_null, CAST(session_option(options, 'ISOLATION') AS INTEGER) AS transaction_isolation_level,
       CAST(session_option(options, 'LOCK_TIMEOUT') AS INTEGER) AS lock_timeout, CAST(session_option(options, 'DEADLOCK_PRIORITY') AS INTEGER) AS deadlock_priority,
       CAST(session_option(options, 'ROWCOUNT') AS INTEGER) AS row_count, CAST(session_option(options, 'TEXTSIZE') AS INTEGER) AS text_size, 0 AS prev_error, CAST(NULL AS TEXT) AS context_info
FROM live_session
WHERE session_id = "@@SPID"() OR HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE');
CREATE TEMP VIEW "sys.dm_exec_connections" AS
SELECT session_id, session_id AS most_recent_session_id, login_time AS connect_time, session_option(options, 'ENCRYPT') AS encrypt_option, 'TCP' AS net_transport, 'SQL' AS auth_scheme,
       '127.0.0.1' AS client_net_address, '127.0.0.1' AS local_net_address
FROM live_session;
CREATE TEMP VIEW "sys.dm_exec_requests" AS
SELECT session_id, 0 AS request_id, login_time AS start_time, 'running' AS status, doing AS command, CASE WHEN doing LIKE '%WAITFOR%' THEN 'WAITFOR' END AS wait_type,
       DB_ID(database_name) AS database_id, 0 AS blocking_session_id, session_id AS sql_handle
FROM live_session
WHERE doing <> '';
CREATE TEMP VIEW "sys.dm_tran_session_transactions" AS SELECT session_id, session_id AS transaction_id, 1 AS is_user_transaction FROM live_session WHERE transactions > 0;
CREATE TEMP VIEW "sys.dm_tran_locks" AS
SELECT type AS resource_type, DB_ID(database_name) AS resource_database_id, description AS resource_description, 0 AS resource_associated_entity_id, mode AS request_mode, 'LOCK' AS request_type,
       'GRANT' AS request_status, session_id AS request_session_id, owner AS request_owner_type
FROM live_lock;
-- As tempdb has them: the name filled up to 128 characters.
CREATE TEMP VIEW "tempdb.sys.tables" AS
SELECT name || substr(replace(hex(zeroblob(64)), '0', '_'), 1, 116 - length(name)) || '000000000001' AS name, -1000 - rowid AS object_id
FROM sqlite_temp_master
WHERE type = 'table' AND name LIKE '#%';
