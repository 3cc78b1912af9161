-- roost: touches = app, hr
CREATE ROLE IF NOT EXISTS app;
CREATE ROLE IF NOT EXISTS hr;
