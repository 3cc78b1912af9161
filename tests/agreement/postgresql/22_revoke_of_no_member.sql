-- roost: touches = hr
REVOKE hr FROM bob;
REVOKE ADMIN OPTION FOR hr FROM alice;
