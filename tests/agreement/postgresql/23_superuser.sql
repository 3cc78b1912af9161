-- roost: touches = boss
CREATE ROLE boss SUPERUSER;
