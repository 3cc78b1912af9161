-- Every principal that the account may see, except `public`, which everybody is in and nobody is listed for. The types are in the driver.
SELECT p.principal_id, p.name, p.type, p.is_fixed_role,
       COALESCE(p.default_schema_name, N'') AS default_schema,
       COALESCE(p.owning_principal_id, 0)   AS owner_id
FROM sys.database_principals p
