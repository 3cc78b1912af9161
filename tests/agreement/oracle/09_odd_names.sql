-- roost: touches = "a; DROP ROLE hr"
CREATE ROLE "a; DROP ROLE hr";
GRANT "a; DROP ROLE hr" TO alice;
