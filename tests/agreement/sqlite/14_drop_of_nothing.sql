DELETE FROM roost_role WHERE name = 'never_was';
