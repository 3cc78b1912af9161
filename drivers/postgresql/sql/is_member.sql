-- Whether the role and the principal exist, and whether the principal has the role by one membership or more. pg_has_role() will not
-- do: it says yes to every superuser, and to a role about itself. `absent` is explained in memberships.sql. Parameters: role,
-- principal.
WITH RECURSIVE edge AS NOT MATERIALIZED (
    SELECT m.roleid, m.member
    FROM (SELECT NULL::boolean AS inherit_option, NULL::boolean AS set_option) AS absent
    CROSS JOIN LATERAL (SELECT a.roleid, a.member, inherit_option, set_option FROM pg_catalog.pg_auth_members a) AS m
    WHERE COALESCE(m.inherit_option OR m.set_option, true)
), asked AS (
    SELECT (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = ?::pg_catalog.text) AS role,
           (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = ?::pg_catalog.text) AS principal
), up(role) AS (
    SELECT e.roleid FROM asked a JOIN edge e ON e.member = a.principal
    UNION
    SELECT e.roleid FROM up JOIN edge e ON e.member = up.role
)
SELECT (a.role IS NOT NULL)::int, (a.principal IS NOT NULL)::int, EXISTS (SELECT 1 FROM up WHERE up.role = a.role)::int
FROM asked a
