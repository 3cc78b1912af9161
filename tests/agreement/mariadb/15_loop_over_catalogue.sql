-- roost: touches = staff
DELIMITER //
BEGIN NOT ATOMIC
    FOR u IN (SELECT User FROM mysql.user WHERE User IN ('alice', 'bob')) DO
        EXECUTE IMMEDIATE CONCAT('GRANT staff TO ', u.User);
    END FOR;
END //
DELIMITER ;
