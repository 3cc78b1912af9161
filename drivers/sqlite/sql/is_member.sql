-- Whether the role and the principal exist, and whether the principal has the role by one membership or more. Parameters: role, principal.
WITH RECURSIVE asked(role, principal) AS (
    SELECT ?, ?
), up(role) AS (
    SELECT m.role FROM asked a JOIN main.roost_role_member m ON m.member = a.principal
    UNION
    SELECT m.role FROM up JOIN main.roost_role_member m ON m.member = up.role
)
SELECT EXISTS (SELECT 1 FROM main.roost_role r WHERE r.name = a.role),
       EXISTS (SELECT 1 FROM main.roost_role r WHERE r.name = a.principal),
       EXISTS (SELECT 1 FROM up WHERE up.role = a.role)
FROM asked a
