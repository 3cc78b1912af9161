-- Whether the traffic of this session is encrypted by the network encryption of Oracle, which is no TLS. The banners name the services in use.
SELECT CASE WHEN COUNT(*) > 0 THEN 'Y' ELSE 'N' END AS encrypted
FROM sys.v_$session_connect_info i
WHERE i.sid = SYS_CONTEXT('USERENV', 'SID') AND i.network_service_banner LIKE '%Encryption service adapter%'
