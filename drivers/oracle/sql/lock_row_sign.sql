-- Signs the row: only the transaction that holds it ever sees this. Parameter: the holder.
UPDATE roost.lock_row SET holder = ? WHERE id = 1
