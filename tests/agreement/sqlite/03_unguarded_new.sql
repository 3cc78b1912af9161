-- roost: touches = app
INSERT INTO roost_role (name, comment) VALUES ('app', 'the application');
INSERT INTO roost_role_member (role, member) VALUES ('app', 'alice'), ('app', 'bob');
