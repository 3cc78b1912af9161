-- Waits for the lock of flyway_lock_try.sql.
LOCK TABLE {table} IN EXCLUSIVE MODE WAIT 1
