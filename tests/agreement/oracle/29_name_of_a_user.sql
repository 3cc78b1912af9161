-- roost: touches = alice
CREATE ROLE alice;
