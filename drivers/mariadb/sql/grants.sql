-- The least rights that roost needs on MariaDB. Run it as root. Put your own names in place of roost_runner@% (the account) and payroll (the
-- database that roost is to look after). In the name of a database _ and % are wildcards here: for my_db write `my\_db`.

CREATE USER roost_runner@'%';                  -- give it a password: SET PASSWORD FOR roost_runner@'%' = PASSWORD('…');
GRANT CREATE USER ON *.* TO roost_runner@'%';  -- to create roles; it is the right to make and drop accounts, too
GRANT SELECT (Host, User, is_role, default_role, Select_priv, Insert_priv, Update_priv, Delete_priv, Create_priv, Drop_priv, Reload_priv,
              Shutdown_priv, Process_priv, File_priv, Grant_priv, References_priv, Index_priv, Alter_priv, Show_db_priv, Super_priv,
              Create_tmp_table_priv, Lock_tables_priv, Execute_priv, Repl_slave_priv, Repl_client_priv, Create_view_priv, Show_view_priv,
              Create_routine_priv, Alter_routine_priv, Create_user_priv, Event_priv, Trigger_priv, Create_tablespace_priv,
              Delete_history_priv) ON mysql.user TO roost_runner@'%';
GRANT SELECT ON mysql.roles_mapping TO roost_runner@'%';
-- Who may do what: for the findings of `roost check` alone. So are the columns above that end in _priv, but for Super, Create_user and Grant.
GRANT SELECT ON mysql.db TO roost_runner@'%';
GRANT SELECT ON mysql.tables_priv TO roost_runner@'%';
GRANT SELECT ON mysql.columns_priv TO roost_runner@'%';
GRANT SELECT ON mysql.procs_priv TO roost_runner@'%';
GRANT CREATE, ALTER, INDEX, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON `roost`.* TO roost_runner@'%';  -- the ledger
GRANT SELECT ON `payroll`.`flyway_schema_history` TO roost_runner@'%';

-- Whoever creates a role may grant it, and nobody else. For every role that others made (a migration, say) and roost is to manage:
--     GRANT guineapigs TO roost_runner@'%' WITH ADMIN OPTION;
-- That row is roost's own: it is no membership to it, and never revoked.

-- default_role = true writes mysql.user by way of SET DEFAULT ROLE … FOR …, and so does clearing the default role of somebody from whom it is
-- revoked; without it the role is revoked, and stays named. That takes a right by which an account can make itself anything; grant it only if
-- you use default roles:
--     GRANT UPDATE ON mysql.* TO roost_runner@'%';
