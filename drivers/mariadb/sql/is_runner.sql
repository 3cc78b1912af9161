-- Whether an account has run roost here. Parameters: its name as roost spells it, with and without the host.
SELECT EXISTS (SELECT 1 FROM roost.run u WHERE u.account IN (?, ?))
