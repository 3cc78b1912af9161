-- roost: touches = app, hr
INSERT INTO roost_role (name, login) VALUES ('app', 0), ('hr', 0) ON CONFLICT (name) DO NOTHING;
INSERT INTO roost_role_member (role, member, admin) VALUES ('app', 'bob', 1) ON CONFLICT DO NOTHING;
