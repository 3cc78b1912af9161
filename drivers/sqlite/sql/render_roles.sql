-- Makes the roles that are not there.
INSERT OR IGNORE INTO roost_role (name) VALUES
    {roles};
