GRANT SELECT, INSERT ON dbo.rates TO [hr];
REVOKE INSERT ON dbo.rates FROM [hr];
DENY DELETE ON dbo.rates TO [hr];
