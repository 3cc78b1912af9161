SELECT pg_catalog.pg_advisory_unlock(x'726F6F7374'::bigint)
