-- roost: touches = hr
INSERT OR REPLACE INTO roost_role (name) VALUES ('hr');
