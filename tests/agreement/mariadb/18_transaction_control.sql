-- roost: touches = app
START TRANSACTION;
CREATE ROLE app;
ROLLBACK;
