-- Comments on roles, which MariaDB has not: whose a role is. And the accounts that have run roost here.
SELECT 'mark' AS kind, r.name, r.comment FROM roost.role r
UNION ALL
SELECT DISTINCT 'runner', u.account, '' FROM roost.run u
