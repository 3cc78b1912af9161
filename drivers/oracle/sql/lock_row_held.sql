SELECT l.holder
FROM roost.lock_row l
WHERE l.id = 1
