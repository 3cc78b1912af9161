-- roost: touches = app
INSERT INTO roost_role (name) SELECT 'app' WHERE NOT EXISTS (SELECT 1 FROM roost_role WHERE name = 'app');
INSERT INTO roost_role_member (role, member) SELECT 'app', 'alice'
WHERE NOT EXISTS (SELECT 1 FROM roost_role_member m WHERE m.role = 'app' AND m.member = 'alice');
