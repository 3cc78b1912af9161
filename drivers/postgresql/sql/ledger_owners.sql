-- What of the ledger belongs to somebody who could make roost run what he likes: neither the account, nor a role that it is a member of by
-- its memberships alone, nor a superuser. `edge` is that of is_member.sql.
WITH RECURSIVE edge AS NOT MATERIALIZED (
    SELECT m.roleid, m.member
    FROM (SELECT NULL::boolean AS inherit_option, NULL::boolean AS set_option) AS absent
    CROSS JOIN LATERAL (SELECT a.roleid, a.member, inherit_option, set_option FROM pg_catalog.pg_auth_members a) AS m
    WHERE COALESCE(m.inherit_option OR m.set_option, true)
), own(role) AS (
    SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = current_user
    UNION
    SELECT e.roleid FROM own JOIN edge e ON e.member = own.role
), part AS (
    SELECT n.nspowner AS owner, 'SCHEMA' AS kind, pg_catalog.format('%I', n.nspname) AS name
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname = 'roost'
    UNION ALL
    SELECT c.relowner, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
           pg_catalog.format('%I.%I', n.nspname, c.relname)
    FROM pg_catalog.pg_namespace n
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
    WHERE n.nspname = 'roost' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
)
SELECT p.kind, p.name, pg_catalog.format('%I', r.rolname) AS owner, pg_catalog.format('%I', current_user) AS account
FROM part p
JOIN pg_catalog.pg_roles r ON r.oid = p.owner
WHERE NOT r.rolsuper AND NOT EXISTS (SELECT 1 FROM own WHERE own.role = p.owner)
ORDER BY p.kind, p.name
LIMIT 1
