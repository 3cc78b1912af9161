-- What roost wrote about roles, where it has made its table. A role that was dropped and made anew has another number or another date, and its mark
-- counts for nothing. The table is looked for at run time: a batch that names a missing one compiles. The driver compares the names: in contained
-- databases and on Azure those of the catalogue have another collation than a table's, and comparing the two is error 468.
IF OBJECT_ID(N'roost.role', N'U') IS NOT NULL
    SELECT p.principal_id, r.comment, r.name
    FROM roost.role r
    JOIN sys.database_principals p ON p.principal_id = r.principal_id
    WHERE CONVERT(nvarchar(30), p.create_date, 126) = r.created_at
