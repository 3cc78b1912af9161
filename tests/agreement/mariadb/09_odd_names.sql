-- roost: touches = "a`b; DROP ROLE hr"
CREATE ROLE `a``b; DROP ROLE hr`;
GRANT `a``b; DROP ROLE hr` TO alice;
