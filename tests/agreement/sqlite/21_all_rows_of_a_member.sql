-- roost: touches = hr, staff
INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('staff', 'alice');
DELETE FROM roost_role_member WHERE member = 'alice';
