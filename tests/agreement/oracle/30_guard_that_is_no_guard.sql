-- roost: touches = app
BEGIN
    IF USER = 'ROOST' THEN EXECUTE IMMEDIATE 'CREATE ROLE app'; END IF;
END;
/
