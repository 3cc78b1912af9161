-- roost: touches = hr
REVOKE hr FROM bob;
