"""PostgreSQL 17."""

from engines import postgresql


class Profile(postgresql.Profile):
    variable = "ROOST_TEST_POSTGRESQL17"
    turn = 1
