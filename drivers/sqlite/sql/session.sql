-- Settings of the connection that a script can change, and that can be put back. case_sensitive_like can only be tried out.
SELECT 'foreign_keys', foreign_keys FROM pragma_foreign_keys
UNION ALL SELECT 'defer_foreign_keys', defer_foreign_keys FROM pragma_defer_foreign_keys
UNION ALL SELECT 'ignore_check_constraints', ignore_check_constraints FROM pragma_ignore_check_constraints
UNION ALL SELECT 'recursive_triggers', recursive_triggers FROM pragma_recursive_triggers
UNION ALL SELECT 'writable_schema', writable_schema FROM pragma_writable_schema
UNION ALL SELECT 'legacy_alter_table', legacy_alter_table FROM pragma_legacy_alter_table
UNION ALL SELECT 'trusted_schema', trusted_schema FROM pragma_trusted_schema
UNION ALL SELECT 'query_only', query_only FROM pragma_query_only
UNION ALL SELECT 'case_sensitive_like', NOT ('a' LIKE 'A')
