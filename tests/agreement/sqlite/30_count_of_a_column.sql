-- roost: touches = app
INSERT INTO roost_role (name)
SELECT 'app' WHERE (SELECT COUNT(NULL) FROM roost_role WHERE name = 'hr') = 0;
