-- roost: touches = app
CREATE ROLE app;
COMMIT;
