-- Takes the row that is the lock; WAIT or NOWAIT follows.
SELECT l.id
FROM roost.lock_row l
WHERE l.id = 1
FOR UPDATE
