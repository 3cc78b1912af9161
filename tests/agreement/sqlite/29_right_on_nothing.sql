-- roost: touches = app
INSERT OR IGNORE INTO roost_role (name) VALUES ('app');
SELECT id FROM no_such_table;
