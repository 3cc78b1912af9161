SELECT role, member, admin, inherit FROM main.roost_role_member ORDER BY role, member
