-- Who is at it, as the ledger has it: whoever holds the lock has begun a run, or is about to.
SELECT r.actor, r.account, r.host, r.started_at
FROM roost.run r
WHERE r.state IN ('started', 'committed')
ORDER BY r.id DESC
OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY
