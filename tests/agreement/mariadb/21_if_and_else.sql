-- roost: touches = hr, app
DELIMITER //
IF NOT EXISTS (SELECT 1 FROM mysql.user WHERE user = 'hr') THEN
    CREATE ROLE hr;
ELSEIF (SELECT COUNT(*) FROM mysql.user WHERE User = 'bob') > 0 THEN
    GRANT hr TO bob;
ELSE
    CREATE ROLE app;
END IF //
DELIMITER ;
