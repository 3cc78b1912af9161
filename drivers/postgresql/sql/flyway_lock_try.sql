-- Flyway's lock on its history table, known by the hash code of the name: advisory, of this database. Flyway takes it with its transaction or its session,
-- as flyway.postgresql.transactional.lock says; both are one lock.
SELECT CASE WHEN pg_catalog.pg_try_advisory_lock(77431708279161 + ({hash})) THEN 1 ELSE 0 END
