-- Waits for the lock of flyway_lock_try.sql; too long is an error. Half a second, less than deadlock_timeout: a waiting statement has a snapshot,
-- for which CREATE INDEX CONCURRENTLY of the migration waits in turn.
SELECT CASE WHEN pg_catalog.set_config('lock_timeout', '500ms', true) IS NOT NULL
            THEN CASE WHEN pg_catalog.pg_advisory_lock(77431708279161 + ({hash})) IS NULL THEN 0 ELSE 1 END END
