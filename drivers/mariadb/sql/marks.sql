-- Comments on roles, which MariaDB has not: whose a role is.
SELECT r.name, r.comment FROM roost.role r
