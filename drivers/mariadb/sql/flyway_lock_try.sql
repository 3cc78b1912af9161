-- Flyway's lock on its history table, known by the hash code of the name. On Galera Flyway locks rows of the table instead.
SELECT GET_LOCK('Flyway-{hash}', 0)
