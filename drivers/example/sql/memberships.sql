-- Every direct membership of the standard's catalogue, a row for each grantor.
SELECT role_name, grantee, grantor, is_grantable FROM information_schema.role_authorization_descriptors
