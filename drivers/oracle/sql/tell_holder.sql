-- What V$SESSION shows of the session that holds the lock; the module last, by which others look for it. Parameter: the holder, 64 bytes at most.
BEGIN
    DBMS_APPLICATION_INFO.SET_CLIENT_INFO(?);
    DBMS_APPLICATION_INFO.SET_MODULE('roost lock', NULL);
END;
