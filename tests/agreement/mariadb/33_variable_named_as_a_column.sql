-- roost: touches = app
DELIMITER //
BEGIN NOT ATOMIC
    DECLARE user VARCHAR(80) DEFAULT 'app';
    DECLARE n INT;
    SELECT COUNT(*) INTO n FROM mysql.global_priv WHERE user = 'app';
    IF n > 0 THEN CREATE ROLE app; END IF;
END //
DELIMITER ;
