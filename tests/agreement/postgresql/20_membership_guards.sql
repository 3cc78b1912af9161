-- roost: touches = app, hr
CREATE ROLE app;
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_auth_members m
                   JOIN pg_roles r ON r.oid = m.roleid
                   JOIN pg_roles u ON u.oid = m.member
                   WHERE r.rolname = 'app' AND u.rolname = 'alice') THEN
        GRANT app TO alice;
    END IF;
    IF pg_has_role('alice', 'hr', 'MEMBER') THEN
        REVOKE hr FROM alice;
    END IF;
END $$;
