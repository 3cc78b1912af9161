-- What the server says of itself and of this session. Not encrypted is only told of a session that leaves its machine.
SELECT split_part(current_setting('server_version'), ' ', 1)   AS version,
       current_setting('server_version_num')                   AS version_number,
       current_user                                            AS account,
       session_user                                            AS login,
       d.datname                                               AS database,
       s.system_identifier || '/' || d.oid                     AS database_id,
       COALESCE(current_schema(), '')                          AS schema,
       CASE WHEN COALESCE(t.ssl, false) OR COALESCE(g.encrypted, false)
              OR host(inet_client_addr()) IS NOT DISTINCT FROM host(inet_server_addr())
            THEN 0 ELSE 1 END                                  AS clear_text
FROM pg_catalog.pg_database d
CROSS JOIN pg_catalog.pg_control_system() s
LEFT JOIN pg_catalog.pg_stat_ssl t    ON t.pid = pg_catalog.pg_backend_pid()
LEFT JOIN pg_catalog.pg_stat_gssapi g ON g.pid = pg_catalog.pg_backend_pid()
WHERE d.datname = pg_catalog.current_database()
