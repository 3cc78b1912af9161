-- roost: touches = Größe, "a ""b""; DROP ROLE hr"
CREATE ROLE "a ""b""; DROP ROLE hr";
CREATE ROLE "Größe";
GRANT "Größe" TO "a ""b""; DROP ROLE hr";
