GRANT SELECT ON rates TO nobody_knows;
