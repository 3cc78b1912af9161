-- roost: touches = staff
GRANT SELECT ON rates TO staff;
DROP ROLE staff;
