#!/usr/bin/python3
"""roost as a script callback of the real Flyway, through the life of a project.

    callback.py TARGET ROOST
"""

import re
from collections import Counter

from flyway_project import Project, need, play

PASSWORD = """p$w;o}r{d '1' "2" \\3"""
HISTORY = "schema history"
OUT = {
    "mariadb": "REVOKE guineapigs FROM hr;",
    "postgresql": "REVOKE guineapigs FROM hr;",
    "sqlite": "DELETE FROM roost_role_member WHERE role = 'guineapigs' AND member = 'hr';",
}
# An account that may do all, of the server whose accounts have passwords.
ACCOUNT = {
    "mariadb": "CREATE USER with_password@'%' IDENTIFIED BY {0};\nGRANT ALL PRIVILEGES ON *.* TO with_password@'%' WITH GRANT OPTION;",
    "postgresql": "CREATE ROLE with_password LOGIN SUPERUSER PASSWORD {0};",
}
PROJECT = """[project]
name = "payroll"
"""
DEV = """[memberships]
hr = ["alice", "bob"]
guineapigs = ["hr"]
"""
SPARE = """[memberships]
auditors = ["alice"]
"""


class Payroll:
    """The project, and what was seen of it."""

    def __init__(self, project: Project) -> None:
        self.project, self.engine = project, project.engine
        self.has_accounts = project.target in ACCOUNT
        self._lay_out()

    def _lay_out(self) -> None:
        home = {"mariadb": self.engine.name("main"), "postgresql": "public", "sqlite": "main"}[self.project.target]
        if self.has_accounts:
            escaped = PASSWORD.replace("'", "''")
            if self.project.target == "mariadb":
                escaped = escaped.replace("\\", "\\\\")
            self.engine.sql("main", ACCOUNT[self.project.target].format(f"'{escaped}'"))
        self.engine.sql("main", self.engine.state(["user", "alice", "bob", "mallory"]))
        if not self.engine.shared_roles:
            self.engine.sql("spare", self.engine.state(["user", "alice"]))
        self.project.write(
            {
                "roost.toml": PROJECT,
                "environments/dev.toml": DEV,
                "environments/spare.toml": SPARE,
                "callbacks/any/data/dev/afterMigrate__010.sql": f"INSERT INTO {home}.told VALUES ('every');",
                "callbacks/any/data/dev/afterMigrateApplied__010.sql": f"INSERT INTO {home}.told VALUES ('applied');",
                "callbacks/any/memberships/dev/afterMigrateError__010_out.sql": OUT[self.project.target],
                "flyway.toml": self._settings(),
                "sql/dev/V1__told.sql": f"CREATE TABLE {home}.told (what VARCHAR(20));",
                "sql/dev/V2__rates.sql": f"CREATE TABLE {home}.rates (id INTEGER);",
                "sql/spare/V1__never.sql": "SELECT * FROM nowhere;",
                "sql/spare/V6__next.sql": "CREATE TABLE next_one (id INTEGER);",
            }
        )
        self._write_callbacks()

    def _settings(self) -> str:
        schema = {"mariadb": self.engine.name("audit"), "postgresql": "audit", "sqlite": "main"}[self.project.target]
        account = 'user = "with_password"\npassword = "${env.HR_PASSWORD}"\n' if self.has_accounts else ""
        urls = {name: re.sub(r"\?user=\w+$", "", self.project.url(database)) for name, database in
                [("dev", "main"), ("spare", "spare")]}
        environments = "".join(f'[environments.{name}]\nurl = "{url}"\n{account}' for name, url in urls.items())
        own = f'[environments.dev.flyway]\ntable = "{HISTORY}"\ndefaultSchema = "{schema}"\n'
        return environments + own + "".join(
            f'[environments.{name}.flyway.placeholders]\nwhere = "{name}"\n' for name in urls)

    def _write_callbacks(self) -> None:
        for event in "afterMigrate", "afterMigrateError":
            self.project.write({f"callbacks/{event}__roost.sh": f"#!/bin/sh\nexec roost apply -e $FP__flyway_environment__ --event {event}"})


def check(project: Project) -> None:
    pass


if __name__ == "__main__":
    play(check)
