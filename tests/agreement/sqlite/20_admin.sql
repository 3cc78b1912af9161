-- roost: touches = hr
UPDATE roost_role_member SET admin = 1 WHERE role = 'hr' AND member = 'alice';
UPDATE roost_role_member SET admin = 1, inherit = 0 WHERE role = 'hr' AND member = 'bob';
