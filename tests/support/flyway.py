"""Rows of flyway_schema_history, as Flyway leaves them."""

TABLE = """
CREATE TABLE IF NOT EXISTS flyway_schema_history (
    installed_rank INT           NOT NULL PRIMARY KEY,
    version        VARCHAR(50),
    description    VARCHAR(200)  NOT NULL,
    type           VARCHAR(20)   NOT NULL,
    script         VARCHAR(1000) NOT NULL,
    checksum       INT,
    installed_by   VARCHAR(100)  NOT NULL,
    installed_on   {installed_on},
    execution_time INT           NOT NULL,
    success        BOOLEAN       NOT NULL
);
"""


def history(words: list[str], installed_on: str) -> str:
    """`5.2`, `failed 5.3` or `baseline 5.0` as SQL that every engine takes, the table included."""
    *outcome, version = words
    kind = "BASELINE" if outcome == ["baseline"] else "SQL"
    success = "FALSE" if outcome == ["failed"] else "TRUE"
    script = f"V{version.replace('.', '_')}__change.sql"
    return TABLE.format(installed_on=installed_on) + (
        "INSERT INTO flyway_schema_history"
        " (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
        f" SELECT COALESCE(MAX(installed_rank), 0) + 1, '{version}', 'change', '{kind}', '{script}', 1234,"
        f" 'flyway', 7, {success}"
        " FROM flyway_schema_history;"
    )
