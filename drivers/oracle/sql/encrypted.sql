-- Whether this session's traffic is encrypted by Oracle's own network encryption, which is no TLS. The banners name the services in use.
SELECT COUNT(*)
FROM sys.v_$session_connect_info i
WHERE i.sid = SYS_CONTEXT('USERENV', 'SID') AND i.network_service_banner LIKE '%Encryption service adapter%'
