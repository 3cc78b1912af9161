-- roost: touches = "a]b; DROP ROLE hr"
CREATE ROLE [a]]b; DROP ROLE hr];
ALTER ROLE [a]]b; DROP ROLE hr] ADD MEMBER [alice];
