SELECT 1;
SELECT name FROM roost_role;
