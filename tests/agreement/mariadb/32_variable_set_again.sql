-- roost: touches = app
DELIMITER //
BEGIN NOT ATOMIC
    DECLARE n INT;
    SELECT COUNT(*) INTO n FROM mysql.user WHERE User = 'hr';
    SELECT 0 INTO n;
    IF n = 0 THEN CREATE ROLE app; END IF;
END //
DELIMITER ;
