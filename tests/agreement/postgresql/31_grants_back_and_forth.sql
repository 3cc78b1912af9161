-- roost: touches = staff
GRANT staff TO bob;
REVOKE staff FROM bob;
GRANT staff TO bob WITH ADMIN OPTION;
REVOKE ADMIN OPTION FOR staff FROM bob;
