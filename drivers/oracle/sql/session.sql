-- How the session stands.
SELECT 'current_schema' AS setting, SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA') AS value FROM DUAL
UNION ALL
SELECT 'role', s.role FROM sys.session_roles s
UNION ALL
SELECT n.parameter, n.value FROM sys.nls_session_parameters n
ORDER BY 1, 2
