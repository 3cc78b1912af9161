"""PostgreSQL: the server that ROOST_TEST_POSTGRESQL names, reached through psql as superuser.

Roles belong to the server. The roles found at the start are kept in a comment on each database that is made; closing,
or the next start after a test was killed, drops those databases and every role that was not there before.
"""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import flyway
from engines import CannotDo

PREFIX = "roost_test_"
LEDGER = "roost"  # its schema
NOISE = re.compile(r"^(--.*|\\(un)?restrict .*|)$")  # of pg_dump


@dataclass(frozen=True)
class Sent:
    process: str
    database: str
    sql: str


class Profile:
    def __init__(self, folder: Path) -> None:
        self._server = os.environ["ROOST_TEST_POSTGRESQL"].removeprefix("jdbc:")
        self._log = Path(os.environ.get("ROOST_TEST_POSTGRESQL_LOG", ""))
        self._made: set[str] = set()
        self._sweep()
        self._before = self._roles()

    @staticmethod
    def missing() -> str | None:
        return None if "ROOST_TEST_POSTGRESQL" in os.environ else "no server: run it through tests/support/servers"

    def name(self, database: str) -> str:
        return PREFIX + database

    def url(self, database: str, account: str | None = None) -> str:
        self._need(database)
        url = f"jdbc:{self._at(database)}"
        return re.sub(r"user=\w+", f"user={account}", url) if account else url

    def sql(self, database: str, script: str) -> None:
        self._need(database)
        _psql(self._at(database), script)

    def state(self, words: list[str]) -> str:
        match words:
            case ["user", *names]:
                return _each("CREATE ROLE {} LOGIN", names)
            case ["role", *names]:
                return _each("CREATE ROLE {} NOLOGIN", names)
            case ["superuser", *names]:
                return _each("CREATE ROLE {} LOGIN SUPERUSER", names)
            case ["creator", *names]:
                return _each("CREATE ROLE {} LOGIN CREATEROLE", names)
            case ["drop", *names]:
                return _each("DROP ROLE {}", names)
            case ["grant", role, "to", *members, "with", "admin"]:
                return f"GRANT {_quoted(role)} TO {_list(members)} WITH ADMIN OPTION;"
            case ["grant", role, "to", *members]:
                return f"GRANT {_quoted(role)} TO {_list(members)};"
            case ["revoke", role, "from", *members]:
                return f"REVOKE {_quoted(role)} FROM {_list(members)};"
            case ["table", *names]:
                return _each("CREATE TABLE {} (id INTEGER PRIMARY KEY)", names)
            case ["history", *rest]:
                return flyway.history(rest, "TIMESTAMP NOT NULL DEFAULT now()")
        raise CannotDo(f"PostgreSQL's profile has no `{' '.join(words)}`")

    def copy(self, source: str, target: str) -> None:
        self._create(target, self.name(source))

    def members(self, database: str, role: str) -> set[str] | None:
        found = self._rows(
            "SELECT COALESCE((SELECT jsonb_agg(u.rolname || CASE WHEN m.admin_option THEN ' (admin)' ELSE '' END)"
            " FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member WHERE m.roleid = r.oid), '[]')"
            f" FROM pg_roles r WHERE r.rolname = {_literal(role)}"
        )
        return set(json.loads(found[0])) if found else None

    def tables(self, database: str) -> set[str]:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        return set(_psql(self._at(database), query).splitlines())

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        everything = [] if ledger else [f"--exclude-schema={LEDGER}"]
        server = _command("pg_dumpall", "--globals-only", "-d", self._server)
        contents = _command("pg_dump", *everything, "-d", self._at(database))
        return [line for line in (server + contents).splitlines() if not NOISE.match(line)]

    def is_busy(self) -> bool:
        sleeping = "state = 'active' AND query ~ 'pg_sleep' AND pid <> pg_backend_pid()"
        return self._rows(f"SELECT count(*) FROM pg_stat_activity WHERE {sleeping}") != ["0"]

    def read_only(self, database: str) -> list[str]:
        raise CannotDo("a PostgreSQL server has accounts instead")

    def log_position(self) -> int:
        if not self._log.is_file():
            raise CannotDo("the server's statement log is not at hand: ROOST_TEST_POSTGRESQL_LOG is not set")
        return self._log.stat().st_size

    def sent(self, since: int) -> list[Sent]:
        with self._log.open(encoding="utf-8", errors="replace") as log:
            log.seek(since)
            return list(_statements(log.read()))

    def close(self) -> None:
        self._sweep()

    def _at(self, database: str) -> str:
        return re.sub(r"(//[^/]+/)[^?]*", rf"\g<1>{self.name(database)}", self._server)

    def _need(self, database: str) -> None:
        if database not in self._made:
            self._create(database, "template0")

    def _create(self, database: str, template: str) -> None:
        name = self.name(database)
        _psql(self._server, f'CREATE DATABASE "{name}" TEMPLATE "{template}";')
        _psql(self._server, f'COMMENT ON DATABASE "{name}" IS {_literal(json.dumps(self._before))};')
        self._made.add(database)

    def _roles(self) -> list[str]:
        return self._rows("SELECT rolname FROM pg_roles ORDER BY 1")

    def _rows(self, query: str) -> list[str]:
        return _psql(self._server, query).splitlines()

    def _sweep(self) -> None:
        left = self._rows(
            "SELECT jsonb_build_array(datname, shobj_description(oid, 'pg_database')::jsonb)"
            f" FROM pg_database WHERE datname LIKE '{PREFIX.replace('_', '?_')}%' ESCAPE '?'"
        )
        for name, before in map(json.loads, left):
            _psql(self._server, f'DROP DATABASE "{name}" WITH (FORCE);')
            ours = [role for role in self._roles() if role not in (before or self._roles())]
            _psql(self._server, "".join(f"DROP ROLE {_list(ours[n : n + 500])};\n" for n in range(0, len(ours), 500)))
        self._made.clear()


def _statements(log: str):
    """What others than this profile sent, out of lines that begin with the prefix that tests/support/servers sets."""
    prefix = r"^application=(?!scenario ).*? user=.*? database=(.*?) process=(\d+) "
    entry = prefix + r"LOG:  (?:statement|execute [^:]*): (.*(?:\n\t.*)*)"
    for found in re.finditer(entry, log, re.MULTILINE):
        yield Sent(found[2], found[1], found[3].replace("\n\t", "\n"))


def _psql(url: str, script: str) -> str:
    options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url]
    return _command("psql", *options, given="SET client_min_messages = warning;\n" + script)


def _command(program: str, *arguments: str, given: str = "") -> str:
    environment = os.environ | {"PGAPPNAME": "scenario", "PGCLIENTENCODING": "UTF8"}
    done = subprocess.run([program, *arguments], input=given, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"{program}: {done.stderr.strip()}\n{given[:2000]}")
    return done.stdout


def _each(template: str, names: list[str]) -> str:
    return "".join(template.format(_quoted(name)) + ";\n" for name in names)


def _list(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
