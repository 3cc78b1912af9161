-- roost: touches = hr
/*!100000 GRANT hr TO bob */;
