-- Every membership, by number: joining the names here costs twice as much as joining them in the client, and each column costs as
-- much again as reading its row. So two numbers hold it: role and member in 32 bits each, then grantor above four bits of options: 1 admin,
-- 2 inherit, 4 set, 8 inherit as the member's own INHERIT says.
-- PostgreSQL 15 has neither inherit_option nor set_option; there the two names fall through to `absent`, so that one text
-- does for all versions. Rows with neither (16 and later) only administer, and are no memberships.
SELECT (m.roleid::bigint << 32) | m.member::bigint AS edge,
       (m.grantor::bigint << 4)
           | CASE WHEN m.admin_option THEN 1 ELSE 0 END::bigint
           | CASE m.inherit_option WHEN true THEN 2 WHEN false THEN 0 ELSE 8 END::bigint
           | CASE WHEN COALESCE(m.set_option, true) THEN 4 ELSE 0 END::bigint AS granted
FROM (SELECT NULL::boolean AS inherit_option, NULL::boolean AS set_option) AS absent
CROSS JOIN LATERAL (SELECT a.roleid, a.member, a.grantor, a.admin_option, inherit_option, set_option
                    FROM pg_catalog.pg_auth_members a) AS m
WHERE COALESCE(m.inherit_option OR m.set_option, true)
