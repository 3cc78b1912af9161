-- roost: touches = staff, hr
DELIMITER //
BEGIN NOT ATOMIC
    IF NOT EXISTS (SELECT 1 FROM mysql.roles_mapping WHERE Role = 'staff' AND User = 'bob' AND Host = '%') THEN
        GRANT staff TO bob;
    END IF;
    IF EXISTS (SELECT 1 FROM mysql.roles_mapping m WHERE m.Role = 'hr' AND m.User = 'alice' AND m.Host = '%') THEN
        REVOKE hr FROM alice;
    END IF;
END //
DELIMITER ;
