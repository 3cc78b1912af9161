-- roost: touches = app
CREATE ROLE app;
GRANT SELECT ON no_such_table TO app;
