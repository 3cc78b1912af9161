-- Every membership. Those with ADMIN of the account itself, and of others that have run roost (marks.sql names them), are neither counted nor
-- touched: whoever creates a role gets such a row, and by it alone may grant the role. A member that is a role has no host.
SELECT m.Role, m.User, m.Host, m.Admin_option = 'Y' AS admin
FROM mysql.roles_mapping m
