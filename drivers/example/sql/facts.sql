-- What the server says of itself and of this session; one row.
SELECT CURRENT_USER AS account
