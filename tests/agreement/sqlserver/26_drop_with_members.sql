-- roost: touches = hr
DROP ROLE [hr];
