-- roost: touches = late
DELIMITER //
FOR i IN 1..1 DO CREATE ROLE late; END FOR //
BEGIN NOT ATOMIC
    IF NOT EXISTS (SELECT 1 FROM mysql.user WHERE User = 'late') THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'late is missing';
    END IF;
END //
DELIMITER ;
GRANT late TO alice;
