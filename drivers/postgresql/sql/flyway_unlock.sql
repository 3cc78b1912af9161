SELECT pg_catalog.pg_advisory_unlock(77431708279161 + ({hash}))
