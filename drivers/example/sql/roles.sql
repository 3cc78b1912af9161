-- Every role of the standard's catalogue.
SELECT role_name FROM information_schema.role_authorization_identifiers
