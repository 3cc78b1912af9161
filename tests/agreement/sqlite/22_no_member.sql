-- roost: touches = hr
DELETE FROM roost_role_member WHERE role = 'hr' AND member = 'bob';
