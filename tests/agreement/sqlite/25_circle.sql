-- roost: touches = hr, staff
INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('hr', 'staff');
INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('staff', 'hr');
