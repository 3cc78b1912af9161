-- roost: touches = carol, staff
INSERT OR IGNORE INTO roost_role (name, login) VALUES ('carol', 1);
INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('staff', 'carol');
