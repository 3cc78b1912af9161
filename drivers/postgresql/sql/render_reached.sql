EXISTS (
    SELECT 1
    FROM {history} h
    WHERE h.success AND h.version IS NOT NULL AND h.type <> 'DELETE' AND h.type NOT LIKE 'UNDO%'
      AND {at_least}
      AND NOT EXISTS (SELECT 1 FROM {history} l WHERE l.version = h.version AND l.installed_rank > h.installed_rank))
