-- What SET ROLE can name: roles granted to the account itself.
SELECT p.granted_role
FROM sys.user_role_privs p
