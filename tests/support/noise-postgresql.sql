-- What else lives on a server: roles, memberships and comments that are none of roost's business. No test may depend on their
-- absence, and none may touch them.
CREATE ROLE other_app NOLOGIN;
CREATE ROLE other_app_reader NOLOGIN;
CREATE ROLE other_app_writer NOLOGIN IN ROLE other_app_reader;
CREATE ROLE "Other Person" LOGIN;
CREATE ROLE other_admin LOGIN SUPERUSER;
CREATE ROLE other_quiet LOGIN NOINHERIT;
GRANT other_app TO other_app_writer, "Other Person";
GRANT other_app_reader TO other_quiet;
GRANT other_app_writer TO other_admin WITH ADMIN OPTION;
COMMENT ON ROLE other_app IS 'another application''s: ask before you touch it';
