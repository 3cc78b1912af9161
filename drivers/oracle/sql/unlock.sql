-- Lets go of the lock of lock.sql.
DECLARE
    handle  VARCHAR2(128);
    outcome INTEGER;
BEGIN
    DBMS_LOCK.ALLOCATE_UNIQUE('ROOST', handle);
    outcome := DBMS_LOCK.RELEASE(handle);
END;
