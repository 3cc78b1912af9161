-- roost: touches = hr, staff
GRANT hr TO staff;
GRANT staff TO hr;
