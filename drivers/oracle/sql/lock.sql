-- The lock that keeps runs apart, on a session of its own. By number: a name would have to be looked up with ALLOCATE_UNIQUE, which commits, and
-- so would let go of the row of lock_row.sql. FALSE: it outlives commits. 0: had; 4: had already. Who has it says so at once, as tell_holder.sql does.
-- Parameters: seconds to wait; the holder, 64 bytes at most.
DECLARE
    patience INTEGER := TO_NUMBER(?);
    holder   VARCHAR2(64) := ?;
    outcome  INTEGER;
BEGIN
    outcome := DBMS_LOCK.REQUEST(id => 1000076678, lockmode => DBMS_LOCK.X_MODE, timeout => patience, release_on_commit => FALSE);
    IF outcome NOT IN (0, 4) THEN
        RAISE_APPLICATION_ERROR(-20100 - outcome, 'the lock 1000076678 was not had');
    END IF;
    DBMS_APPLICATION_INFO.SET_CLIENT_INFO(holder);
    DBMS_APPLICATION_INFO.SET_MODULE('roost lock', NULL);
END;
