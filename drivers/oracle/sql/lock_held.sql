-- Fails where this session does not hold the lock of lock.sql: a request for what is held already gives 4.
DECLARE
    handle  VARCHAR2(128);
    outcome INTEGER;
BEGIN
    DBMS_LOCK.ALLOCATE_UNIQUE('ROOST', handle);
    outcome := DBMS_LOCK.REQUEST(handle, DBMS_LOCK.X_MODE, 0, FALSE);
    IF outcome <> 4 THEN
        RAISE_APPLICATION_ERROR(-20100 - outcome, 'the lock ROOST was lost');
    END IF;
END;
