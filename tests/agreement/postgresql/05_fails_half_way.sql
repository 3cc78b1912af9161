-- roost: touches = app
CREATE ROLE app;
GRANT app TO alice;
GRANT app TO nobody_knows;
