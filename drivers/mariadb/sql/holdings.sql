-- What is granted, and what objects of this database there are. Rights stand in columns of the server's own tables, or in sets of words: each has
-- a number here, n. Databases are named as in GRANT, wildcards and all; principals as in the graph. Tables have no owner, views and routines have their
-- definer; only those are seen on which the account has a right. Grantors are not kept apart.
WITH word(n, in_set, what) AS (
    SELECT 1, 'Select', 'SELECT' UNION ALL SELECT 2, 'Insert', 'INSERT' UNION ALL SELECT 3, 'Update', 'UPDATE' UNION ALL
    SELECT 4, 'Delete', 'DELETE' UNION ALL SELECT 5, 'Create', 'CREATE' UNION ALL SELECT 6, 'Drop', 'DROP' UNION ALL
    SELECT 7, 'Reload', 'RELOAD' UNION ALL SELECT 8, 'Shutdown', 'SHUTDOWN' UNION ALL SELECT 9, 'Process', 'PROCESS' UNION ALL
    SELECT 10, 'File', 'FILE' UNION ALL SELECT 11, 'Grant', 'GRANT OPTION' UNION ALL SELECT 12, 'References', 'REFERENCES' UNION ALL
    SELECT 13, 'Index', 'INDEX' UNION ALL SELECT 14, 'Alter', 'ALTER' UNION ALL SELECT 15, 'Show db', 'SHOW DATABASES' UNION ALL
    SELECT 16, 'Super', 'SUPER' UNION ALL SELECT 17, 'Create tmp table', 'CREATE TEMPORARY TABLES' UNION ALL
    SELECT 18, 'Lock tables', 'LOCK TABLES' UNION ALL SELECT 19, 'Execute', 'EXECUTE' UNION ALL
    SELECT 20, 'Repl slave', 'REPLICATION SLAVE' UNION ALL SELECT 21, 'Repl client', 'REPLICATION CLIENT' UNION ALL
    SELECT 22, 'Create view', 'CREATE VIEW' UNION ALL SELECT 23, 'Show view', 'SHOW VIEW' UNION ALL
    SELECT 24, 'Create routine', 'CREATE ROUTINE' UNION ALL SELECT 25, 'Alter routine', 'ALTER ROUTINE' UNION ALL
    SELECT 26, 'Create user', 'CREATE USER' UNION ALL SELECT 27, 'Event', 'EVENT' UNION ALL SELECT 28, 'Trigger', 'TRIGGER' UNION ALL
    SELECT 29, 'Create tablespace', 'CREATE TABLESPACE' UNION ALL SELECT 30, 'Delete versioning rows', 'DELETE HISTORY'
), held AS (
    SELECT u.User, u.Host, '' AS db, '*.*' AS object, w.what
    FROM mysql.user u
    JOIN word w
      ON CASE w.n WHEN 1 THEN u.Select_priv WHEN 2 THEN u.Insert_priv WHEN 3 THEN u.Update_priv WHEN 4 THEN u.Delete_priv WHEN 5 THEN u.Create_priv
                  WHEN 6 THEN u.Drop_priv WHEN 7 THEN u.Reload_priv WHEN 8 THEN u.Shutdown_priv WHEN 9 THEN u.Process_priv WHEN 10 THEN u.File_priv
                  WHEN 11 THEN u.Grant_priv WHEN 12 THEN u.References_priv WHEN 13 THEN u.Index_priv WHEN 14 THEN u.Alter_priv
                  WHEN 15 THEN u.Show_db_priv WHEN 16 THEN u.Super_priv WHEN 17 THEN u.Create_tmp_table_priv WHEN 18 THEN u.Lock_tables_priv
                  WHEN 19 THEN u.Execute_priv WHEN 20 THEN u.Repl_slave_priv WHEN 21 THEN u.Repl_client_priv WHEN 22 THEN u.Create_view_priv
                  WHEN 23 THEN u.Show_view_priv WHEN 24 THEN u.Create_routine_priv WHEN 25 THEN u.Alter_routine_priv WHEN 26 THEN u.Create_user_priv
                  WHEN 27 THEN u.Event_priv WHEN 28 THEN u.Trigger_priv WHEN 29 THEN u.Create_tablespace_priv WHEN 30 THEN u.Delete_history_priv END = 'Y'
    UNION ALL
    SELECT d.User, d.Host, '', CONCAT('database ', d.Db), w.what
    FROM mysql.db d
    JOIN word w
      ON CASE w.n WHEN 1 THEN d.Select_priv WHEN 2 THEN d.Insert_priv WHEN 3 THEN d.Update_priv WHEN 4 THEN d.Delete_priv WHEN 5 THEN d.Create_priv
                  WHEN 6 THEN d.Drop_priv WHEN 11 THEN d.Grant_priv WHEN 12 THEN d.References_priv WHEN 13 THEN d.Index_priv WHEN 14 THEN d.Alter_priv
                  WHEN 17 THEN d.Create_tmp_table_priv WHEN 18 THEN d.Lock_tables_priv WHEN 22 THEN d.Create_view_priv WHEN 23 THEN d.Show_view_priv
                  WHEN 24 THEN d.Create_routine_priv WHEN 25 THEN d.Alter_routine_priv WHEN 19 THEN d.Execute_priv WHEN 27 THEN d.Event_priv
                  WHEN 28 THEN d.Trigger_priv WHEN 30 THEN d.Delete_history_priv END = 'Y'
    UNION ALL
    SELECT t.User, t.Host, t.Db, CONCAT('table ', t.Table_name), w.what
    FROM mysql.tables_priv t
    JOIN word w ON FIND_IN_SET(w.in_set, t.Table_priv) > 0
    UNION ALL
    SELECT c.User, c.Host, c.Db, CONCAT('column ', c.Table_name, '.', c.Column_name), w.what
    FROM mysql.columns_priv c
    JOIN word w ON FIND_IN_SET(w.in_set, c.Column_priv) > 0
    UNION ALL
    SELECT p.User, p.Host, p.Db, CONCAT(LOWER(p.Routine_type), ' ', p.Routine_name), w.what
    FROM mysql.procs_priv p
    JOIN word w ON FIND_IN_SET(w.in_set, p.Proc_priv) > 0
)
SELECT 'right' AS kind,
       CASE WHEN h.Host = '' AND h.User LIKE '%@%' THEN CONCAT('`', REPLACE(h.User, '`', '``'), '`')
            WHEN h.Host = '' AND h.User <> '' THEN h.User
            WHEN h.Host = '%' AND h.User <> '' AND h.User NOT LIKE '%@%'
             AND NOT EXISTS (SELECT 1 FROM mysql.user r WHERE r.Host = '' AND r.User = h.User AND r.is_role = 'Y') THEN h.User
            ELSE CONCAT(h.User, '@', h.Host) END AS holder,
       h.db AS schema_name, h.object, h.what, '' AS grantor, '' AS created
FROM held h
WHERE h.db <> 'roost' AND h.object <> 'database roost'
UNION ALL
SELECT 'owner', '', t.TABLE_SCHEMA, CONCAT('table ', t.TABLE_NAME), '', '',
       COALESCE(DATE_FORMAT(CONVERT_TZ(t.CREATE_TIME, @@session.time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%SZ'), '')
FROM information_schema.TABLES t
WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_TYPE = 'BASE TABLE' AND t.TABLE_SCHEMA <> 'roost'
UNION ALL
SELECT 'owner', CASE WHEN RIGHT(v.DEFINER, 2) = '@%' THEN LEFT(v.DEFINER, CHAR_LENGTH(v.DEFINER) - 2) ELSE v.DEFINER END,
       v.TABLE_SCHEMA, CONCAT('view ', v.TABLE_NAME), '', '', ''
FROM information_schema.VIEWS v
WHERE v.TABLE_SCHEMA = DATABASE() AND v.TABLE_SCHEMA <> 'roost'
UNION ALL
SELECT 'owner', CASE WHEN RIGHT(p.DEFINER, 2) = '@%' THEN LEFT(p.DEFINER, CHAR_LENGTH(p.DEFINER) - 2) ELSE p.DEFINER END,
       p.ROUTINE_SCHEMA, CONCAT(LOWER(p.ROUTINE_TYPE), ' ', p.ROUTINE_NAME), '', '',
       COALESCE(DATE_FORMAT(CONVERT_TZ(p.CREATED, @@session.time_zone, '+00:00'), '%Y-%m-%dT%H:%i:%SZ'), '')
FROM information_schema.ROUTINES p
WHERE p.ROUTINE_SCHEMA = DATABASE() AND p.ROUTINE_SCHEMA <> 'roost'
