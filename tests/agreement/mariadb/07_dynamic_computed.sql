-- roost: touches = app
EXECUTE IMMEDIATE CONCAT('CREATE ROLE ', 'app');
