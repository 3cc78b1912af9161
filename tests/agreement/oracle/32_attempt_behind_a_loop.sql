-- roost: touches = late
BEGIN
    FOR u IN (SELECT username FROM sys.dba_users WHERE username = 'ALICE') LOOP
        EXECUTE IMMEDIATE 'CREATE ROLE late';
    END LOOP;
END;
/
BEGIN
    EXECUTE IMMEDIATE 'GRANT late TO alice';
EXCEPTION WHEN OTHERS THEN
    IF SQLCODE <> -1951 THEN RAISE; END IF;
END;
/
