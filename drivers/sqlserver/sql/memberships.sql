-- Every direct membership, by number. dbo (1) is in db_owner in every database, and can be in nothing else.
SELECT m.role_principal_id, m.member_principal_id
FROM sys.database_role_members m
WHERE m.member_principal_id <> 1
