-- Makes the roles that are not there.
{roles}
