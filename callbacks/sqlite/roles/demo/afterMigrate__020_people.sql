-- roost: touches = alice, bob, carol
-- SQLite has no accounts: the people of the demo are rows that may log in.
INSERT OR IGNORE INTO roost_role (name, login) VALUES ('alice', 1), ('bob', 1), ('carol', 1);
