-- What else lives on a server: roles, users and memberships that are none of roost's business. No test may depend on their
-- absence, and none may touch them.
CREATE ROLE other_app, other_app_reader, other_app_writer;
CREATE USER `Other Person`@'%', other_admin@'%', other_quiet@localhost, other_host@'192.0.2.%';
GRANT ALL PRIVILEGES ON *.* TO other_admin@'%' WITH GRANT OPTION;
GRANT other_app_reader TO other_app_writer;
GRANT other_app TO other_app_writer, `Other Person`@'%';
GRANT other_app_reader TO other_quiet@localhost, other_host@'192.0.2.%';
GRANT other_app_writer TO other_admin@'%' WITH ADMIN OPTION;
SET DEFAULT ROLE other_app FOR `Other Person`@'%';
