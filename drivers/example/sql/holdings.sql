-- What is granted: kind, holder, schema, object, what, grantor, created, as in src/core/holdings.hpp.
SELECT 'right' AS kind, p.GRANTEE AS holder, p.TABLE_SCHEMA AS schema_name, 'table ' || p.TABLE_NAME AS object, p.PRIVILEGE_TYPE AS what,
       p.GRANTOR AS grantor, '' AS created
FROM INFORMATION_SCHEMA.TABLE_PRIVILEGES p
WHERE p.TABLE_SCHEMA <> 'roost'
