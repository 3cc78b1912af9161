-- roost: touches = app
-- This creates nothing, and puts bob into hr.
/* INSERT INTO roost_role_member (role, member) VALUES ('hr', 'bob'); */
INSERT INTO roost_role (name) VALUES ('app'); -- DELETE FROM roost_role;
