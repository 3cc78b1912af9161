-- roost: touches = staff, hr
DELETE FROM roost_role_member WHERE role = 'hr' AND member = 'alice';
DELETE FROM roost_role WHERE name = 'staff';
