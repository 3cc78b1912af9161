-- roost: touches = staff
CREATE TEMP TRIGGER grants AFTER INSERT ON rates BEGIN
    INSERT INTO roost_role_member (role, member) VALUES ('staff', 'bob');
END;
INSERT INTO rates VALUES (7);
DROP TRIGGER grants;
