-- Whether the role and the principal exist and are seen, and whether the principal has the role by one membership or more. NULL: the server does not
-- say. Parameters: role, principal, role, principal.
SELECT (SELECT p.principal_id FROM sys.database_principals p WHERE p.name = ? AND p.type = N'R') AS role_id,
       (SELECT p.principal_id FROM sys.database_principals p WHERE p.name = ?)                   AS member_id,
       IS_ROLEMEMBER(?, ?)                                                                       AS is_member
