-- roost: touches = hr, staff
GRANT hr, staff TO bob;
