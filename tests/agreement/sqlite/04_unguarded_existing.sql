-- roost: touches = hr
INSERT INTO roost_role (name) VALUES ('hr');
