-- roost: touches = app
DELIMITER //
BEGIN NOT ATOMIC
    IF NOT EXISTS (SELECT 1 FROM mysql.user WHERE user = 'app' AND is_role = 'Y') THEN
        CREATE ROLE app;
        GRANT app TO alice;
    END IF;
END //
DELIMITER ;
