-- roost: touches = hr
CREATE ROLE hr;
