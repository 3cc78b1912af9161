-- roost: touches = staff
INSERT INTO roost_role_member (role, member) SELECT 'staff', name FROM roost_role WHERE login = 1;
