-- Flyway's lock on its history table: the table's own. Any right to the table but READ allows it.
LOCK TABLE {table} IN EXCLUSIVE MODE NOWAIT
