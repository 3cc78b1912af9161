-- roost: touches = hr
DELETE FROM roost_role_member WHERE role = 'hr';
INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('hr', 'bob');
