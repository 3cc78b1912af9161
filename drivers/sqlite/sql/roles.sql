SELECT name, login, comment FROM main.roost_role ORDER BY name
