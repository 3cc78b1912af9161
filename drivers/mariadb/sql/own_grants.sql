-- The rights of the account, and of the role that is active with those of the roles in it. SET DEFAULT ROLE … FOR somebody else needs UPDATE on
-- mysql.*; a right on its tables does not suffice.
SHOW GRANTS
