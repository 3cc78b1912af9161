-- roost: touches = staff, hr
ALTER ROLE [hr] DROP MEMBER [alice];
DROP ROLE IF EXISTS [staff];
DROP ROLE IF EXISTS [never_was];
