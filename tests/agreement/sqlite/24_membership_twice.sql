-- roost: touches = hr
INSERT INTO roost_role_member (role, member) VALUES ('hr', 'alice');
