-- roost: touches = app
CREATE ROLE app;
DELIMITER //
BEGIN NOT ATOMIC
    IF NOT EXISTS (SELECT 1 FROM mysql.user WHERE User = 'never_was') THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'never_was is missing';
    END IF;
END //
DELIMITER ;
