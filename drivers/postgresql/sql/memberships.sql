-- Every membership, by number: joining the names here costs twice as much as joining them in the client.
-- PostgreSQL 15 has neither inherit_option nor set_option; there the two names fall through to `absent`, so that one text
-- does for all versions. Rows with neither (16 and later) only administer, and are no memberships.
SELECT m.roleid, m.member, m.grantor,
       m.admin_option::int                                    AS admin,
       COALESCE(m.inherit_option::int, -1)                    AS inherit,  -- -1: as the member's own INHERIT
       COALESCE(m.set_option::int, 1)                         AS set
FROM (SELECT NULL::boolean AS inherit_option, NULL::boolean AS set_option) AS absent
CROSS JOIN LATERAL (SELECT a.roleid, a.member, a.grantor, a.admin_option, inherit_option, set_option
                    FROM pg_catalog.pg_auth_members a) AS m
WHERE COALESCE(m.inherit_option OR m.set_option, true)
