-- roost: touches = hr, staff, alice, bob
DELETE FROM roost_role_member;
