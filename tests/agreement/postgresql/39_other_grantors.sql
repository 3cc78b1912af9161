-- roost: touches = staff
GRANT staff TO alice WITH ADMIN OPTION;
GRANT staff TO bob GRANTED BY alice;
GRANT staff TO bob;
REVOKE staff FROM bob GRANTED BY alice;
