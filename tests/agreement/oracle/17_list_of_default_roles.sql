-- roost: touches = hr
ALTER USER alice DEFAULT ROLE NONE;
