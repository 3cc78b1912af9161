-- The lock that keeps runs apart, on a session of its own. FALSE: it outlives commits. 0: had; 4: had already. Parameter: seconds to wait.
DECLARE
    handle  VARCHAR2(128);
    outcome INTEGER;
BEGIN
    DBMS_LOCK.ALLOCATE_UNIQUE('ROOST', handle);
    outcome := DBMS_LOCK.REQUEST(handle, DBMS_LOCK.X_MODE, ?, FALSE);
    IF outcome NOT IN (0, 4) THEN
        RAISE_APPLICATION_ERROR(-20100 - outcome, 'the lock ROOST was not had');
    END IF;
END;
