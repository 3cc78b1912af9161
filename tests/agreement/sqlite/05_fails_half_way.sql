-- roost: touches = app
INSERT INTO roost_role (name) VALUES ('app');
INSERT OR IGNORE INTO roost_role_member (role, member) VALUES ('app', 'nobody_knows');
