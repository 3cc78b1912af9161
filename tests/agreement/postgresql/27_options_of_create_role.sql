-- roost: touches = carol, crew, hr, staff
CREATE ROLE carol LOGIN PASSWORD 'x' IN ROLE hr VALID UNTIL 'infinity';
CREATE ROLE crew ROLE alice ADMIN bob CREATEDB;
CREATE USER dave NOLOGIN;
DROP ROLE dave;
