-- roost: touches = app
-- This creates nothing, and grants hr to bob.
/* GRANT hr TO bob; /* DROP ROLE hr; */ */
CREATE ROLE app; -- DROP ROLE app;
COMMENT ON ROLE app IS 'GRANT hr TO bob; DROP ROLE staff;';
