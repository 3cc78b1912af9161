-- roost: touches = staff, hr
REVOKE hr FROM alice;
DROP ROLE IF EXISTS staff, never_was;
