-- What the server says of itself and of this session. USER() tells where the client connects from, CURRENT_USER() which account that is.
SELECT VERSION(),
       CURRENT_USER()                                                                               AS account,
       COALESCE(DATABASE(), '')                                                                     AS name,
       COALESCE((SELECT s.VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS s
                 WHERE s.VARIABLE_NAME = 'WSREP_CLUSTER_STATE_UUID'), '')                           AS cluster,
       @@hostname                                                                                   AS host,
       @@port                                                                                       AS port,
       COALESCE(SCHEMA(), '')                                                                       AS schema_name,
       COALESCE((SELECT s.VARIABLE_VALUE FROM information_schema.SESSION_STATUS s
                 WHERE s.VARIABLE_NAME = 'SSL_CIPHER'), '')                                         AS cipher,
       -- Over a socket the server says localhost.
       CASE WHEN SUBSTRING_INDEX(USER(), '@', -1) IN ('', 'localhost', '::1') OR SUBSTRING_INDEX(USER(), '@', -1) LIKE '127.%'
            THEN 1 ELSE 0 END                                                                       AS near
