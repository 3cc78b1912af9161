-- roost: touches = staff
UPDATE roost_role SET login = 1 WHERE name = 'staff';
