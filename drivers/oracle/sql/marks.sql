-- Whose each role is: Oracle has no comments on roles. And the accounts that have run roost here.
SELECT 'mark' AS kind, m.name, m.remark
FROM roost.role m
UNION ALL
SELECT DISTINCT 'runner', u.account, NULL
FROM roost.run u
