INSERT INTO roost.lock_row (id) VALUES (1)
