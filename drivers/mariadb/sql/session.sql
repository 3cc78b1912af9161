-- How the session stands. Temporary tables and prepared statements cannot be listed here; user variables harm nobody.
SELECT COALESCE(CURRENT_ROLE(), ''), COALESCE(DATABASE(), ''), @@in_transaction,
       @@session.sql_mode, @@session.autocommit, @@session.foreign_key_checks, @@session.unique_checks, @@session.check_constraint_checks,
       @@session.sql_log_bin, @@session.sql_safe_updates, @@session.sql_select_limit, @@session.sql_auto_is_null,
       @@session.character_set_client, @@session.character_set_results, @@session.collation_connection, @@session.time_zone,
       @@session.lc_time_names, @@session.tx_isolation, @@session.tx_read_only, @@session.lock_wait_timeout,
       @@session.innodb_lock_wait_timeout, @@session.max_statement_time, @@session.wait_timeout, @@session.group_concat_max_len,
       @@session.div_precision_increment, @@session.auto_increment_increment, @@session.auto_increment_offset, @@session.default_storage_engine,
       @@session.max_recursive_iterations, @@session.sql_quote_show_create, @@session.max_sp_recursion_depth
