-- roost: touches = carol, staff
CREATE USER carol NO AUTHENTICATION;
GRANT staff TO carol;
