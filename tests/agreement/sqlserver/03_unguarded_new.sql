-- roost: touches = app
CREATE ROLE app
ALTER ROLE app ADD MEMBER alice
ALTER ROLE app ADD MEMBER bob
