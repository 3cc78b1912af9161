-- What the server says of itself and of this session. Functions and types are qualified and operands cast to what the operator takes, here and
-- in every query: a better match in a schema of the search path, which others may create in, would be called instead.
SELECT pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1)                  AS version,
       pg_catalog.current_setting('server_version_num')                                            AS version_number,
       current_user                                                                                 AS account,
       session_user                                                                                 AS login,
       d.datname                                                                                    AS database,
       pg_catalog.concat(s.system_identifier, '/', d.oid)                                           AS database_id,
       COALESCE(pg_catalog.current_schema(), '')                                                    AS schema,
       CASE WHEN COALESCE(t.ssl, false) OR COALESCE(g.encrypted, false) THEN 1 ELSE 0 END           AS encrypted,
       -- Over a socket the server sees no address.
       CASE WHEN pg_catalog.host(pg_catalog.inet_client_addr())
                     IS NOT DISTINCT FROM pg_catalog.host(pg_catalog.inet_server_addr()) THEN 1 ELSE 0 END AS near,
       pg_catalog.current_setting('max_locks_per_transaction')::bigint
           * (pg_catalog.current_setting('max_connections')::bigint
              + pg_catalog.current_setting('max_prepared_transactions')::bigint)                   AS locks,
       (SELECT CASE WHEN r.rolcreaterole OR r.rolsuper THEN 1 ELSE 0 END
        FROM pg_catalog.pg_roles r WHERE r.rolname = current_user)                                  AS manages_roles
FROM pg_catalog.pg_database d
CROSS JOIN pg_catalog.pg_control_system() s
LEFT JOIN pg_catalog.pg_stat_ssl t    ON t.pid = pg_catalog.pg_backend_pid()
LEFT JOIN pg_catalog.pg_stat_gssapi g ON g.pid = pg_catalog.pg_backend_pid()
WHERE d.datname = pg_catalog.current_database()
