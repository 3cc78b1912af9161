-- What tells the database from its copies: a clone of a pluggable database is another container, a duplicate of the whole has another DBID.
-- In a database without containers the one row has the id 0. As text: of a NUMBER without precision the driver may make a floating point number.
SELECT d.dbid || '/' || c.con_uid AS id
FROM sys.v_$database d
CROSS JOIN sys.v_$containers c
WHERE c.con_id = SYS_CONTEXT('USERENV', 'CON_ID')
