-- What a script left that would hide or shadow what the next one means: temporary objects, and databases attached.
SELECT 'temp', type, name FROM temp.sqlite_schema WHERE type IN ('table', 'view', 'trigger') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
UNION ALL
SELECT 'attached', '', name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')
