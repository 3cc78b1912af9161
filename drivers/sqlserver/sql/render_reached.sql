CASE WHEN EXISTS (
    SELECT 1
    FROM {history} h
    WHERE h.success = 1 AND h.version IS NOT NULL AND h.type <> N'DELETE' AND h.type NOT LIKE N'UNDO%'
      AND {at_least}
      AND NOT EXISTS (SELECT 1 FROM {history} l WHERE l.version = h.version AND l.installed_rank > h.installed_rank))
THEN 1 ELSE 0 END
