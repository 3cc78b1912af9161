-- roost: touches = staff
BEGIN
    FOR u IN (SELECT username FROM sys.dba_users WHERE username IN ('ALICE', 'BOB')) LOOP
        EXECUTE IMMEDIATE 'GRANT staff TO "' || u.username || '"';
    END LOOP;
END;
/
