-- Fails where this session does not hold the lock of lock.sql: a request for what is held already gives 4.
DECLARE
    outcome INTEGER;
BEGIN
    outcome := DBMS_LOCK.REQUEST(id => 1000076678, lockmode => DBMS_LOCK.X_MODE, timeout => 0, release_on_commit => FALSE);
    IF outcome <> 4 THEN
        RAISE_APPLICATION_ERROR(-20100 - outcome, 'the lock 1000076678 was lost');
    END IF;
END;
