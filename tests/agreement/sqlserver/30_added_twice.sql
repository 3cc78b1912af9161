-- roost: touches = hr
ALTER ROLE [hr] ADD MEMBER [alice];
ALTER ROLE [hr] DROP MEMBER [alice];
ALTER ROLE [hr] ADD MEMBER [alice];
