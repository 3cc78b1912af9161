-- What V$SESSION shows of the session that holds the lock. Parameter: the holder, 64 bytes at most.
BEGIN
    DBMS_APPLICATION_INFO.SET_MODULE('roost lock', NULL);
    DBMS_APPLICATION_INFO.SET_CLIENT_INFO(?);
END;
