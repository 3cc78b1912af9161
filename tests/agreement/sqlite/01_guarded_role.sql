-- roost: touches = app, hr
INSERT OR IGNORE INTO roost_role (name) VALUES ('app'), ('hr');
