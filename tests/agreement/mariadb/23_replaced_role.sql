-- roost: touches = app, hr
CREATE OR REPLACE ROLE app;
CREATE OR REPLACE ROLE hr;
