GRANT SELECT ON dbo.rates TO [nobody_knows];
