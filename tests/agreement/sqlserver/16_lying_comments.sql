-- roost: touches = app
-- This creates nothing, and adds bob to hr.
/* ALTER ROLE hr ADD MEMBER bob; /* DROP ROLE hr; */ */
CREATE ROLE app; -- DROP ROLE app;
PRINT N'ALTER ROLE hr ADD MEMBER bob; DROP ROLE staff;';
