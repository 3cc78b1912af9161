-- What the server says of itself and of this session. A database is told apart from its copies by its name and when it was made: restoring makes one.
SELECT CONVERT(nvarchar(128), SERVERPROPERTY(N'ProductVersion'))                                          AS version,
       USER_NAME()                                                                                        AS account,
       DB_NAME()                                                                                          AS database_name,
       COALESCE(CONVERT(nvarchar(128), SERVERPROPERTY(N'ServerName')), N'')                               AS server_name,
       (SELECT CONVERT(nvarchar(30), d.create_date, 126) FROM sys.databases d WHERE d.database_id = DB_ID()) AS created_at,
       COALESCE(SCHEMA_NAME(), N'')                                                                       AS default_schema,
       COALESCE(HAS_PERMS_BY_NAME(NULL, N'DATABASE', N'VIEW DEFINITION'), 0)                              AS sees_all,
       COALESCE(CONVERT(nvarchar(48), CONNECTIONPROPERTY(N'client_net_address')), N'')                    AS client_address,
       COALESCE(CONVERT(nvarchar(48), CONNECTIONPROPERTY(N'local_net_address')), N'')                     AS server_address
