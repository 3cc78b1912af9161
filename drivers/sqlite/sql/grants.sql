-- SQLite has no accounts and no rights: whoever may write the file may do everything in it. What the account that runs roost
-- needs is given by the file system: to read and write the database's file, and to make files in its folder (SQLite's
-- journal, and roost's lock).
SELECT 'nothing to grant';
