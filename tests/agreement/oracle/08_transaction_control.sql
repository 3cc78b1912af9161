-- roost: touches = app
CREATE ROLE app;
ROLLBACK;
