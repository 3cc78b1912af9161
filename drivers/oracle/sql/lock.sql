-- The lock that keeps runs apart, on a session of its own. By number: a name would have to be looked up with ALLOCATE_UNIQUE, which commits, and
-- so would let go of the row of lock_row.sql. FALSE: it outlives commits. 0: had; 4: had already. Parameter: seconds to wait.
DECLARE
    patience INTEGER := TO_NUMBER(?);
    outcome  INTEGER;
BEGIN
    outcome := DBMS_LOCK.REQUEST(id => 1000076678, lockmode => DBMS_LOCK.X_MODE, timeout => patience, release_on_commit => FALSE);
    IF outcome NOT IN (0, 4) THEN
        RAISE_APPLICATION_ERROR(-20100 - outcome, 'the lock 1000076678 was not had');
    END IF;
END;
