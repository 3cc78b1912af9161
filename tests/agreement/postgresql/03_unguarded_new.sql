-- roost: touches = app
CREATE ROLE app;
GRANT app TO alice, bob;
