-- Whether an account has run roost here: a row, or none. Parameter: its name.
SELECT DISTINCT u.account
FROM roost.run u
WHERE u.account = ?
