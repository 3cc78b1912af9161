-- One lock for the whole server: advisory locks are per database, so it is always taken in the same one. The key is "roost" in ASCII.
SELECT pg_catalog.pg_advisory_lock(x'726F6F7374'::bigint)
