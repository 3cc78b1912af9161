-- roost: touches = carol, carol@localhost, staff
CREATE USER IF NOT EXISTS carol IDENTIFIED BY 'x';
CREATE USER 'carol'@'localhost' ACCOUNT LOCK;
GRANT staff TO 'carol'@'localhost';
SET DEFAULT ROLE staff FOR 'carol'@'localhost';
