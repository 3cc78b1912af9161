-- roost: touches = alice, bob, carol
-- The people of the development database, locked: nobody logs in as them. Elsewhere they come from the directory.
CREATE USER IF NOT EXISTS alice@'%' ACCOUNT LOCK;
CREATE USER IF NOT EXISTS bob@'%' ACCOUNT LOCK;
CREATE USER IF NOT EXISTS carol@'%' ACCOUNT LOCK;
