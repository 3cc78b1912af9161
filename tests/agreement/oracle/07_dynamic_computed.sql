-- roost: touches = app
BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE ' || UPPER('app');
END;
/
