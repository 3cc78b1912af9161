-- roost: touches = hr, staff
ALTER ROLE [hr] ADD MEMBER [staff];
ALTER ROLE [staff] ADD MEMBER [hr];
