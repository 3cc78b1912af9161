-- roost: touches = app
CREATE ROLE app;
GRANT app TO nobody_knows;
