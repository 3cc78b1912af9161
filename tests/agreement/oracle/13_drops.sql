-- roost: touches = staff, hr
REVOKE hr FROM alice;
DROP ROLE staff;
