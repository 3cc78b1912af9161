-- roost: touches = app
IF 1 = 1 CREATE ROLE [app];
