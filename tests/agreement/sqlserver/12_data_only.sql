INSERT INTO dbo.rates VALUES (1);
