-- roost: touches = app
-- This creates nothing, and grants hr to bob.
/* GRANT hr TO bob; DROP ROLE hr; */
# GRANT staff TO bob;
CREATE ROLE app;
