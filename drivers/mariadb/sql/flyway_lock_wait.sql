-- Waits for the lock of flyway_lock_try.sql, half a second at most.
SELECT GET_LOCK('Flyway-{hash}', 0.5)
