-- roost: touches = app, staff
BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE "APP"';
    EXECUTE IMMEDIATE q'[GRANT app TO bob]';
    EXECUTE IMMEDIATE 'GRANT staff' || ' TO alice WITH ADMIN OPTION';
END;
/
