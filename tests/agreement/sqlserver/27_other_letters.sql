-- roost: touches = hr
ALTER ROLE [HR] ADD MEMBER [Bob];
