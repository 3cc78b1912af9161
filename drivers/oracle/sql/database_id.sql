-- What tells the database from its copies: a clone of a pluggable database is another container, a duplicate of the whole has another DBID.
-- In a database without containers the one row has the id 0.
SELECT d.dbid, c.con_uid
FROM sys.v_$database d
CROSS JOIN sys.v_$containers c
WHERE c.con_id = SYS_CONTEXT('USERENV', 'CON_ID')
