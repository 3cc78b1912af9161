-- roost: touches = app
INSERT INTO roost_role (name) VALUES (lower('APP'));
