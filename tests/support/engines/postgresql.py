"""PostgreSQL: the server that ROOST_TEST_POSTGRESQL names, as superuser.

Roles belong to the server. The roles found at the start are kept in a comment on each database that is made; closing,
or the next start after a test was killed, drops those databases and every role that was not there before.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import psycopg2

import flyway
import statements
from engines import CannotDo, Engine

PREFIX = "roost_test_"
LEDGER = "roost"  # its schema
CATALOGUE = Path(__file__).resolve().parent.parent / "postgresql_catalogue.sql"
# What roost sends beside the ledger's rows in a run with scripts: it puts the session back after each.
RESET = re.compile(r"DO \$\$ DECLARE prepared pg_catalog\.text; .*DEALLOCATE ", re.IGNORECASE)


@dataclass(frozen=True)
class Sent:
    process: str
    database: str
    sql: str


class Profile(Engine):
    variable: ClassVar[str] = "ROOST_TEST_POSTGRESQL"

    def __init__(self, folder: Path) -> None:
        self._server = _server(self.variable)
        self._connection = _connected(self._server)
        self._log = Path(os.environ.get(f"{self.variable}_LOG", ""))
        self._made: set[str] = set()
        self._sweep()
        self._before = self._roles()

    @classmethod
    def missing(cls) -> str | None:
        return None if cls.variable in os.environ else f"no server: {cls.variable} is not set (tests/support/servers)"

    @classmethod
    def verified(cls) -> str:
        with closing(_connected(_server(cls.variable))) as connection:
            return f"real server, PostgreSQL {connection.get_parameter_status('server_version')}"

    def name(self, database: str) -> str:
        return PREFIX + database

    def url(self, database: str, account: str | None = None) -> str:
        self._need(database)
        url = f"jdbc:{self._at(database)}"
        return re.sub(r"user=\w+", f"user={account}", url) if account else url

    def sql(self, database: str, script: str) -> None:
        self._need(database)
        self._rows_at(database, script)

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
        """From 16 on a row may only administer, and each grantor of a membership has a row."""
        found = self._rows(
            "SELECT u.rolname || CASE WHEN bool_or(m.admin_option) THEN ' (admin)' ELSE '' END"
            " FROM pg_roles r LEFT JOIN pg_auth_members m ON m.roleid = r.oid AND (to_jsonb(m) ->> 'inherit_option'"
            " IS NULL OR 'true' IN (to_jsonb(m) ->> 'inherit_option', to_jsonb(m) ->> 'set_option'))"
            f" LEFT JOIN pg_roles u ON u.oid = m.member WHERE r.rolname = {_literal(role)} GROUP BY u.rolname"
        )
        return {member for member in found if member is not None} if found else None

    def principals(self, database: str) -> dict[str, str]:
        found = self._rows("SELECT rolname || CASE WHEN rolcanlogin THEN ' user' ELSE ' role' END FROM pg_roles")
        return dict(line.rsplit(" ", 1) for line in found)

    def tables(self, database: str) -> set[str]:
        return set(self._rows_at(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        query = CATALOGUE.read_text(encoding="utf-8").replace(":ledger", str(ledger))
        hidden = "" if ledger else f" AND relnamespace::regnamespace::text <> '{LEDGER}'"
        tables = (
            "SELECT oid::regclass::text FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'm')"
            f" AND relnamespace <> 'pg_toast'::regnamespace{hidden}"
        )
        with closing(_connected(self._at(database))) as connection:
            lines = _column(connection, query)
            for table in _column(connection, tables):
                lines += _column(connection, f"SELECT {_literal(f'row of {table}: ')} || t::text FROM ONLY {table} t")
        return sorted(lines)

    def is_busy(self) -> bool:
        sleeping = "state = 'active' AND query ~ 'pg_sleep' AND pid <> pg_backend_pid()"
        return self._rows(f"SELECT count(*) FROM pg_stat_activity WHERE {sleeping}") != [0]

    def read_only(self, database: str) -> list[str]:
        raise CannotDo("a PostgreSQL server has accounts instead")

    def log_position(self) -> int:
        if not self._log.is_file():
            raise CannotDo(f"the server's statement log is not at hand: {self.variable}_LOG is not set")
        return self._log.stat().st_size

    def sent(self, since: int) -> list[Sent]:
        with self._log.open(encoding="utf-8", errors="replace") as log:
            log.seek(since)
            return list(_statements(log.read()))

    def is_own(self, change: str) -> bool:
        return statements.is_ledger_row(change) or RESET.match(change) is not None

    def close(self) -> None:
        self._sweep()
        self._connection.close()

    def _at(self, database: str) -> str:
        return re.sub(r"(//[^/]+/)[^?]*", rf"\g<1>{self.name(database)}", self._server)

    def _need(self, database: str) -> None:
        if database not in self._made:
            self._create(database, "template0")

    def _create(self, database: str, template: str) -> None:
        name = self.name(database)
        self._rows(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self._rows(f'COMMENT ON DATABASE "{name}" IS {_literal(json.dumps(self._before))}')
        self._made.add(database)

    def _roles(self) -> list[str]:
        return self._rows("SELECT rolname FROM pg_roles ORDER BY 1")

    def _rows(self, query: str) -> list:
        return _column(self._connection, query)

    def _rows_at(self, database: str, query: str) -> list:
        """On a connection of its own, so that none is open in the database while roost runs."""
        with closing(_connected(self._at(database))) as connection:
            return _column(connection, query)

    def _sweep(self) -> None:
        left = self._rows(
            "SELECT jsonb_build_array(datname, shobj_description(oid, 'pg_database')::jsonb)"
            f" FROM pg_database WHERE datname LIKE '{PREFIX.replace('_', '?_')}%' ESCAPE '?'"
        )
        for name, _ in left:
            self._rows(f'DROP DATABASE "{name}" WITH (FORCE)')
        for _, before in left:  # what they own is gone with the databases
            ours = [role for role in self._roles() if role not in (before or self._roles())]
            for n in range(0, len(ours), 500):
                self._rows(f"DROP ROLE {_list(ours[n : n + 500])}")
        self._made.clear()


def _server(variable: str) -> str:
    return os.environ[variable].removeprefix("jdbc:")


def _connected(url: str):
    connection = psycopg2.connect(url, application_name="scenario", client_encoding="UTF8")
    connection.autocommit = True
    return connection


def _column(connection, query: str) -> list:
    """The first column of the last statement's result, if it has one."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor] if cursor.description else []


def _statements(log: str) -> Iterator[Sent]:
    """What others than this profile sent, out of lines that begin with the prefix that tests/support/servers sets."""
    prefix = r"^application=(?!scenario ).*? user=.*? database=(.*?) process=(\d+) "
    entry = prefix + r"LOG:  (?:statement|execute [^:]*): (.*(?:\n\t.*)*)"
    for found in re.finditer(entry, log, re.MULTILINE):
        yield Sent(found[2], found[1], found[3].replace("\n\t", "\n"))


def _each(template: str, names: list[str]) -> str:
    return "".join(template.format(_quoted(name)) + ";\n" for name in names)


def _list(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
