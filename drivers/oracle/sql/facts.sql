-- Who and where we are. No right is needed for any of it. CON_NAME is there from Oracle 12.1 on.
SELECT (SELECT MAX(p.version) FROM sys.product_component_version p WHERE p.product LIKE 'Oracle%Database%') AS version,
       SYS_CONTEXT('USERENV', 'SESSION_USER')     AS account,
       SYS_CONTEXT('USERENV', 'CON_NAME')         AS container,
       SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA')   AS current_schema,
       SYS_CONTEXT('USERENV', 'NETWORK_PROTOCOL') AS protocol,
       SYS_CONTEXT('USERENV', 'IP_ADDRESS')       AS address
FROM DUAL
