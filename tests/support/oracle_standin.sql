-- Views as of Oracle's dictionary, for MariaDB with sql_mode=ORACLE and lower_case_table_names=1: the stand-in for Oracle.
CREATE OR REPLACE VIEW sys.DBA_ROLES AS
SELECT User               AS ROLE,
       'NONE'             AS AUTHENTICATION_TYPE,
       'NO'               AS COMMON,
       CAST(NULL AS CHAR(1)) AS ORACLE_MAINTAINED
FROM mysql.global_priv
WHERE JSON_VALUE(Priv, '$.is_role') = 1 AND User <> 'PUBLIC';

-- As with Oracle every role is a default role of a user for whom nobody said otherwise.
CREATE OR REPLACE VIEW sys.DBA_ROLE_PRIVS AS
SELECT CASE WHEN m.Host IN ('', '%') THEN m.User ELSE CONCAT(m.User, '@', m.Host) END AS GRANTEE,
       m.Role                                                                         AS GRANTED_ROLE,
       CASE m.Admin_option WHEN 'Y' THEN 'YES' ELSE 'NO' END                          AS ADMIN_OPTION,
       CASE WHEN COALESCE(JSON_VALUE(g.Priv, '$.default_role'), '') IN ('', m.Role) THEN 'YES' ELSE 'NO' END AS DEFAULT_ROLE,
       'NO'                                                                           AS COMMON
FROM mysql.roles_mapping m
LEFT JOIN mysql.global_priv g ON g.User = m.User AND g.Host = m.Host;

CREATE OR REPLACE VIEW sys.DBA_USERS AS
SELECT CASE WHEN Host = '%' THEN User ELSE CONCAT(User, '@', Host) END                  AS USERNAME,
       CASE WHEN JSON_VALUE(Priv, '$.account_locked') THEN 'LOCKED' ELSE 'OPEN' END     AS ACCOUNT_STATUS,
       'NO'                                                                           AS COMMON,
       'NO'                                                                           AS ORACLE_MAINTAINED
FROM mysql.global_priv
WHERE JSON_VALUE(Priv, '$.is_role') IS NULL;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW sys.SESSION_ROLES AS
SELECT ROLE_NAME AS ROLE
FROM information_schema.ENABLED_ROLES
WHERE ROLE_NAME IS NOT NULL;

-- What an account sees without the views above: Oracle lets everybody read these.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW sys.USER_ROLE_PRIVS AS
SELECT SUBSTRING_INDEX(GRANTEE, '@', 1)             AS USERNAME,
       ROLE_NAME                                    AS GRANTED_ROLE,
       IS_GRANTABLE                                 AS ADMIN_OPTION,
       CASE IS_DEFAULT WHEN 'YES' THEN 'YES' ELSE 'NO' END AS DEFAULT_ROLE,
       'NO'                                         AS COMMON
FROM information_schema.APPLICABLE_ROLES
WHERE GRANTEE LIKE '%@%';

CREATE OR REPLACE SQL SECURITY INVOKER VIEW sys.ROLE_ROLE_PRIVS AS
SELECT GRANTEE      AS ROLE,
       ROLE_NAME    AS GRANTED_ROLE,
       IS_GRANTABLE AS ADMIN_OPTION,
       'NO'         AS COMMON
FROM information_schema.APPLICABLE_ROLES
WHERE GRANTEE NOT LIKE '%@%';

CREATE OR REPLACE VIEW sys.ALL_USERS AS
SELECT USERNAME, COMMON, ORACLE_MAINTAINED
FROM sys.DBA_USERS;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW sys.ALL_TABLES AS
SELECT UPPER(TABLE_SCHEMA) AS OWNER, TABLE_NAME
FROM information_schema.TABLES
WHERE TABLE_TYPE = 'BASE TABLE';

CREATE OR REPLACE SQL SECURITY INVOKER VIEW sys.ALL_VIEWS AS
SELECT UPPER(TABLE_SCHEMA) AS OWNER, TABLE_NAME AS VIEW_NAME
FROM information_schema.TABLES
WHERE TABLE_TYPE = 'VIEW';

CREATE OR REPLACE VIEW sys.PRODUCT_COMPONENT_VERSION AS
SELECT 'Oracle Database: a stand-in for it, MariaDB' AS PRODUCT, VARIABLE_VALUE AS VERSION
FROM information_schema.GLOBAL_VARIABLES
WHERE VARIABLE_NAME = 'VERSION';

CREATE OR REPLACE VIEW sys.V_$DATABASE AS
SELECT CRC32(VARIABLE_VALUE) AS DBID, 'STANDIN' AS NAME
FROM information_schema.GLOBAL_VARIABLES
WHERE VARIABLE_NAME = 'SERVER_UID';

CREATE OR REPLACE VIEW sys.V_$CONTAINERS AS
SELECT 3 AS CON_ID, 3 AS CON_UID, 'STANDIN' AS NAME FROM DUAL;

-- No setting of its own is one that a script could change.
CREATE OR REPLACE VIEW sys.NLS_SESSION_PARAMETERS AS
SELECT 'NLS_CHARACTERSET' AS PARAMETER, 'AL32UTF8' AS VALUE FROM DUAL;

GRANT SELECT ON sys.USER_ROLE_PRIVS TO PUBLIC;
GRANT SELECT ON sys.ROLE_ROLE_PRIVS TO PUBLIC;
GRANT SELECT ON sys.SESSION_ROLES TO PUBLIC;
GRANT SELECT ON sys.ALL_USERS TO PUBLIC;
GRANT SELECT ON sys.ALL_TABLES TO PUBLIC;
GRANT SELECT ON sys.ALL_VIEWS TO PUBLIC;
GRANT SELECT ON sys.PRODUCT_COMPONENT_VERSION TO PUBLIC;
GRANT SELECT ON sys.NLS_SESSION_PARAMETERS TO PUBLIC;
