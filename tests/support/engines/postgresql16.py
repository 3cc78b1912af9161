"""PostgreSQL 16: roles that only administer, INHERIT and SET of each membership."""

from engines import postgresql


class Profile(postgresql.Profile):
    variable = "ROOST_TEST_POSTGRESQL16"
    turn = 0
