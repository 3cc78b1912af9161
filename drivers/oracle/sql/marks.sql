-- Whose each role is: Oracle has no comments on roles.
SELECT m.name, m.remark
FROM roost.role m
