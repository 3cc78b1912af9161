-- Lets go of the lock of lock.sql.
DECLARE
    outcome INTEGER;
BEGIN
    outcome := DBMS_LOCK.RELEASE(id => 1000076678);
END;
