"""MariaDB: the server that ROOST_TEST_MARIADB names, as root.

Accounts and roles belong to the server, and so does roost's ledger. What is there at the start is kept in a database of
its own; closing, or the next start after a test was killed, drops the rest. A user is `user`@'%'.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import flyway
from engines import CannotDo, Engine

try:
    import pymysql
except ImportError:
    pymysql = None

VARIABLE = "ROOST_TEST_MARIADB"
PREFIX = "roost_test_"
BEFORE = "roost_test_before"  # a database with the principals that were there
LEDGER = "roost"  # its database
SYSTEM = {"mysql", "sys", "information_schema", "performance_schema"}
# A statement of a script: up to a semicolon that is in no string, name or comment.
STATEMENT = re.compile(r"(?:'(?:[^'\\]|\\.|'')*'|\"[^\"]*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|[^;])+", re.DOTALL)
EVENT = re.compile(r"^[^\t\n]*\t\s*(\d+) (Connect|Query|Execute|Init DB)\t(.*(?:\n(?!\d{6} |\t)[^\n]*)*)", re.MULTILINE)
# As `roost init --grants` has them, but for the database and its history.
LEAST_RIGHTS = """
GRANT CREATE USER ON *.* TO {0};
GRANT SELECT (Host, User, is_role, default_role, Select_priv, Insert_priv, Update_priv, Delete_priv, Create_priv, Drop_priv, Reload_priv,
              Shutdown_priv, Process_priv, File_priv, Grant_priv, References_priv, Index_priv, Alter_priv, Show_db_priv, Super_priv,
              Create_tmp_table_priv, Lock_tables_priv, Execute_priv, Repl_slave_priv, Repl_client_priv, Create_view_priv, Show_view_priv,
              Create_routine_priv, Alter_routine_priv, Create_user_priv, Event_priv, Trigger_priv, Create_tablespace_priv,
              Delete_history_priv) ON mysql.user TO {0};
GRANT SELECT ON mysql.roles_mapping TO {0};
GRANT SELECT ON mysql.db TO {0};
GRANT SELECT ON mysql.tables_priv TO {0};
GRANT SELECT ON mysql.columns_priv TO {0};
GRANT SELECT ON mysql.procs_priv TO {0};
GRANT CREATE, ALTER, INDEX, REFERENCES, SELECT, INSERT, UPDATE, DELETE ON `roost`.* TO {0}"""
GRANT_TABLES = ("global_priv", "db", "tables_priv", "columns_priv", "procs_priv", "roles_mapping")


@dataclass(frozen=True)
class Sent:
    process: str
    database: str
    sql: str


class Profile(Engine):
    transactional = False

    def __init__(self, folder: Path) -> None:
        self._url = os.environ[VARIABLE]
        self._server = urlsplit(self._url.removeprefix("jdbc:"))
        self._root = parse_qs(self._server.query)["user"][0]
        self._connection = self._connected()
        self._log = Path(os.environ.get(f"{VARIABLE}_LOG", ""))
        self._made: set[str] = set()
        self._creators = {self._root}  # accounts whose own rows with ADMIN are no memberships
        self._sweep()
        self._keep_what_is_there()

    @classmethod
    def missing(cls) -> str | None:
        if pymysql is None:
            return "python3-pymysql is not installed"
        return None if VARIABLE in os.environ else f"no server: {VARIABLE} is not set (tests/support/servers)"

    @classmethod
    def verified(cls) -> str:
        server = urlsplit(os.environ[VARIABLE].removeprefix("jdbc:"))
        user = parse_qs(server.query)["user"][0]
        with closing(pymysql.connect(host=server.hostname, port=server.port, user=user)) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT VERSION()")  # the handshake's begins with 5.5.5- for the sake of old replicas
            return f"real server, MariaDB {cursor.fetchone()[0].split('-')[0]}"

    def name(self, database: str) -> str:
        return PREFIX + database

    def url(self, database: str, account: str | None = None) -> str:
        self._need(database)
        address = f"jdbc:mariadb://{self._server.hostname}:{self._server.port}/{self.name(database)}"
        return f"{address}?user={account or self._root}"

    def variables(self) -> dict[str, str]:
        """Connector/ODBC forgets some memory of each connection; telling it from ours is left to the unit tests."""
        return {"ASAN_OPTIONS": "detect_leaks=0"}

    def sql(self, database: str, script: str) -> None:
        self._need(database)
        self._run(f"USE {_quoted(self.name(database))}")
        for statement in _statements(script):
            if re.sub(r"--[^\n]*", "", statement).strip():
                self._run(statement.strip())

    def state(self, words: list[str]) -> str:
        match words:
            case ["user", *names]:
                return _each("CREATE USER {}", map(_account, names))
            case ["role", *names]:
                return _each("CREATE ROLE {}", map(_quoted, names))
            case ["superuser", *names]:
                made = "CREATE USER {0};\nGRANT ALL PRIVILEGES ON *.* TO {0} WITH GRANT OPTION"
                return _each(made, map(_account, names))
            case ["creator", *names]:
                self._creators.update(names)
                return _each(f"CREATE USER {{0}};\n{LEAST_RIGHTS}", map(_account, names))
            case ["drop", *names]:
                return "".join(self._drop(name) for name in names)
            case ["grant", role, "to", *members, "with", "admin"]:
                return self._as_admin(role, f"GRANT {_quoted(role)} TO {_list(members)} WITH ADMIN OPTION;\n")
            case ["grant", role, "to", *members]:
                return self._as_admin(role, f"GRANT {_quoted(role)} TO {_list(members)};\n")
            case ["revoke", role, "from", *members]:
                return self._as_admin(role, f"REVOKE {_quoted(role)} FROM {_list(members)};\n")
            case ["table", *names]:
                return _each("CREATE TABLE {} (id INTEGER PRIMARY KEY)", map(_quoted, names))
            case ["history", *rest]:
                return flyway.history(rest, "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP")
        raise CannotDo(f"MariaDB's profile has no `{' '.join(words)}`")

    def copy(self, source: str, target: str) -> None:
        raise CannotDo("the ledger is the server's: a copied database has none, and a server is not copied here")

    def members(self, database: str, role: str) -> set[str] | None:
        if not self._rows("SELECT 1 FROM mysql.user WHERE User = %s AND is_role = 'Y'", role):
            return None
        rows = self._rows("SELECT User, Host, Admin_option FROM mysql.roles_mapping WHERE Role = %s", role)
        return {
            (user if host in ("", "%") else f"{user}@{host}") + (" (admin)" if admin == "Y" else "")
            for user, host, admin in rows
            if not (admin == "Y" and host and user in self._creators)
        }

    def principals(self, database: str) -> dict[str, str]:
        rows = self._rows("SELECT User, Host, is_role FROM mysql.user")
        return {
            user if host in ("", "%") else f"{user}@{host}": "role" if is_role == "Y" else "user"
            for user, host, is_role in rows
        }

    def tables(self, database: str) -> set[str]:
        query = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s"
        return {table for (table,) in self._rows(query, self.name(database))}

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        lines = [
            f"{table}: {row}" for table in GRANT_TABLES for row in self._rows(f"SELECT * FROM mysql.{table}")
        ]
        hidden = SYSTEM | (set() if ledger else {LEDGER})
        for schema, table in self._rows("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"):
            if schema in hidden:
                continue
            name = f"{_quoted(schema)}.{_quoted(table)}"
            lines += [f"table {row[1]}" for row in self._rows(f"SHOW CREATE TABLE {name}")]
            lines += [f"row of {schema}.{table}: {row}" for row in self._rows(f"SELECT * FROM {name}")]
        if not ledger:
            lines = [line for line in lines if not re.match(r"\w+_priv: .*'roost'", line)]
        lines += [f"database {row}" for row in self._rows("SELECT * FROM information_schema.SCHEMATA") if row[1] not in hidden]
        return sorted(lines)

    def is_busy(self) -> bool:
        query = "SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE '%%SLEEP(%%' AND ID <> CONNECTION_ID()"
        return bool(self._rows(query))

    def read_only(self, database: str) -> list[str]:
        raise CannotDo("a MariaDB server has accounts instead")

    def log_position(self) -> int:
        if not self._log.is_file():
            raise CannotDo(f"the server's statement log is not at hand: {VARIABLE}_LOG is not set")
        return self._log.stat().st_size

    def sent(self, since: int) -> list[Sent]:
        with self._log.open(encoding="utf-8", errors="replace") as log:
            log.seek(since)
            return list(_events(log.read(), str(self._connection.thread_id())))

    def close(self) -> None:
        self._sweep()
        self._connection.close()

    def _connected(self):
        return pymysql.connect(
            host=self._server.hostname, port=self._server.port, user=self._root, charset="utf8mb4", autocommit=True
        )

    def _run(self, statement: str) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(statement)

    def _rows(self, query: str, *values: str) -> list[tuple]:
        with self._connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())

    def _need(self, database: str) -> None:
        if database not in self._made:
            self._run(f"CREATE DATABASE {_quoted(self.name(database))}")
            self._made.add(database)

    def _drop(self, name: str) -> str:
        kind = "ROLE" if self._rows("SELECT 1 FROM mysql.user WHERE User = %s AND is_role = 'Y'", name) else "USER"
        return f"DROP {kind} {_quoted(name)};\n"

    def _as_admin(self, role: str, statement: str) -> str:
        """Nobody may grant a role who was not granted it WITH ADMIN OPTION, root included; so root has it for a moment."""
        row = f"WHERE Role = {_literal(role)} AND CONCAT(User, '@', Host) = CURRENT_USER()"
        is_there = self._rows("SELECT 1 FROM mysql.user WHERE User = %s AND is_role = 'Y'", role)
        if not is_there or self._rows(f"SELECT 1 FROM mysql.roles_mapping {row} AND Admin_option = 'Y'"):
            return statement  # root makes it just before, or made it
        made = f"INSERT INTO mysql.roles_mapping SELECT Host, User, {_literal(role)}, 'Y' FROM mysql.user"
        return (
            f"{made} WHERE CONCAT(User, '@', Host) = CURRENT_USER();\nFLUSH PRIVILEGES;\n{statement}"
            f"DELETE FROM mysql.roles_mapping {row};\nFLUSH PRIVILEGES;\n"
        )

    def _principals(self) -> list[list[str]]:
        return [list(row) for row in self._rows("SELECT User, Host FROM mysql.global_priv")]

    def _keep_what_is_there(self) -> None:
        self._run(f"CREATE DATABASE {BEFORE}")
        self._run(f"CREATE TABLE {BEFORE}.principals (found LONGTEXT NOT NULL)")
        with self._connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {BEFORE}.principals VALUES (%s)", json.dumps(self._principals()))
        if self._rows("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = %s", LEDGER):
            raise RuntimeError(f"the server has a database {LEDGER} already: it is not to be lost")

    def _sweep(self) -> None:
        databases = [name for (name,) in self._rows("SHOW DATABASES")]
        before: list[list[str]] | None = None
        if BEFORE in databases and (kept := self._rows(f"SELECT found FROM {BEFORE}.principals")):
            before = json.loads(kept[0][0])
        if before is not None:
            ours = [name for name in self._principals() if name not in before]
            if ["PUBLIC", ""] in self._principals():  # it stays once something was granted to it
                self._run("REVOKE ALL PRIVILEGES, GRANT OPTION FROM PUBLIC")
            for user, host in ours:
                if user == "PUBLIC":
                    continue
                self._run(f"DROP USER {_quoted(user)}@{_quoted(host)}" if host else f"DROP ROLE {_quoted(user)}")
            self._run(f"DROP DATABASE IF EXISTS {LEDGER}")
        for name in databases:
            if name.startswith(PREFIX) and name != BEFORE:
                self._run(f"DROP DATABASE {_quoted(name)}")
        self._run(f"DROP DATABASE IF EXISTS {BEFORE}")
        self._made.clear()


def _statements(script: str) -> Iterator[str]:
    """As the client ends them: at a semicolon, or at what a line with DELIMITER says."""
    first, *others = re.split(r"(?m)^DELIMITER (\S+)$", script)
    for end, text in zip([";", *others[::2]], [first, *others[1::2]]):
        yield from (found[0] for found in STATEMENT.finditer(text)) if end == ";" else text.split(end)


def _events(log: str, own: str) -> Iterator[Sent]:
    """What others than this profile sent, out of the general log."""
    for found in EVENT.finditer(log):
        if found[1] != own and found[2] in ("Query", "Execute"):
            yield Sent(found[1], "", found[3])


def _each(template: str, names: Iterable[str]) -> str:
    return "".join(template.format(name) + ";\n" for name in names)


def _list(names: list[str]) -> str:
    return ", ".join(map(_principal, names))


def _principal(name: str) -> str:
    user, at, host = name.rpartition("@")
    return f"{_quoted(user)}@{_quoted(host)}" if at else _quoted(name)


def _account(name: str) -> str:
    return _principal(name) if "@" in name else _quoted(name) + "@'%'"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
