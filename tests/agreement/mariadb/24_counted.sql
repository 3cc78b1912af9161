-- roost: touches = app
DELIMITER //
BEGIN NOT ATOMIC
    DECLARE n INT DEFAULT 0;
    SELECT COUNT(*) INTO n FROM mysql.user WHERE User = 'app';
    IF n = 0 THEN CREATE ROLE app; END IF;
END //
DELIMITER ;
