"""Oracle's stand-in: the MariaDB server that ROOST_TEST_ORACLE_STANDIN names, with sql_mode=ORACLE and the views of
oracle_standin.sql. A schema is a database of that server, and has a SYS_CONTEXT of its own; a user is `user`@'%'.

What is there at the start is kept in a table; closing, or the next start after a test was killed, drops the rest.
"""

import json
import os
import re
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from engines import CannotDo
from engines._oracle import LEDGER, LOCK, OWNER, OracleEngine, quoted, statements_of

try:
    import pyodbc
except ImportError:
    pyodbc = None

VARIABLE = "ROOST_TEST_ORACLE_STANDIN"
SYSTEM = ("mysql", "sys", "information_schema", "performance_schema")
BEFORE = "roost_test_before"  # a database with what was there
CONTEXT = """
CREATE FUNCTION "{schema}".SYS_CONTEXT(namespace VARCHAR(30), parameter VARCHAR(30)) RETURN VARCHAR(128) AS
BEGIN
    RETURN CASE UPPER(parameter)
        WHEN 'SESSION_USER' THEN SUBSTRING_INDEX(SESSION_USER(), '@', 1)
        WHEN 'CON_NAME' THEN 'STANDIN'
        WHEN 'CON_ID' THEN '3'
        WHEN 'CURRENT_SCHEMA' THEN UPPER(DATABASE())
    END;
END
"""
EVENT = re.compile(r"^[^\t]*\t\s*(\d+) (Connect|Query|Execute)\t(.*(?:\n(?!\d{6} |\t)[^\n]*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Sent:
    process: str
    database: str
    sql: str


class Profile(OracleEngine):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        server = urlsplit(os.environ[VARIABLE].removeprefix("jdbc:"))
        self._address = (
            f"Driver={{MariaDB Unicode}};Server={server.hostname};Port={server.port};CHARSET=utf8mb4;OPTION=67108864"
        )
        self._accounts = {OWNER}  # that roost comes in as
        self._root = self._connected("root")
        self._sweep()
        self._keep_what_is_there()
        self._make_account(OWNER)
        self._run(f'GRANT ALL PRIVILEGES ON *.* TO "{OWNER}"@\'%\' WITH GRANT OPTION')
        self._owner = self._connected(OWNER, OWNER)

    @classmethod
    def missing(cls) -> str | None:
        if pyodbc is None:
            return "python3-pyodbc is not installed"
        return None if VARIABLE in os.environ else "no server: run it through tests/support/servers"

    @classmethod
    def verified(cls) -> str:
        server = urlsplit(os.environ[VARIABLE].removeprefix("jdbc:"))
        address = f"Driver={{MariaDB Unicode}};Server={server.hostname};Port={server.port};Uid=root"
        with pyodbc.connect(address) as connection:
            version = connection.execute("SELECT VERSION()").fetchone()[0]
        return f"stand-in, {version} in ORACLE mode"

    def name(self, database: str) -> str:
        return "STANDIN"

    def url(self, database: str, account: str | None = None) -> str:
        raise CannotDo("the stand-in is reached through an ODBC connection string")

    def settings(self, database: str, account: str | None = None) -> str:
        _only_one(database)
        user = self.dictionary_name(account) if account else OWNER
        if user not in self._accounts:
            self._accounts.add(user)
            self._make_schema(user)
        return f'engine = "oracle"\nodbc = {json.dumps(f"{self._address};Database={user};Uid={user}")}'

    def variables(self) -> dict[str, str]:
        """Connector/ODBC forgets some memory of each connection; telling it from ours is left to the unit tests."""
        return {"ASAN_OPTIONS": "detect_leaks=0"}

    def sql(self, database: str, script: str) -> None:
        _only_one(database)
        for statement in statements_of(script):
            for translated in _for_mariadb(statement):
                self._run_as_administrator(translated)

    def create_user(self, name: str) -> str:
        return f"CREATE USER \"{name}\"@'%';\n"

    def superuser(self, name: str) -> str:
        """DBA is a role there, which the account has beside its rights."""
        if not self.is_role("DBA"):
            self._run('CREATE ROLE "DBA"', self._owner)
        return f"GRANT ALL PRIVILEGES ON *.* TO \"{name}\"@'%' WITH GRANT OPTION;\nGRANT \"DBA\" TO \"{name}\";\n"

    def creator(self, name: str) -> str:
        return (
            f"GRANT CREATE USER ON *.* TO \"{name}\"@'%';\nGRANT SELECT ON sys.* TO \"{name}\"@'%';\n"
            f"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, REFERENCES ON roost.* TO \"{name}\"@'%';\n"
        )

    def is_role(self, name: str) -> bool:
        return bool(self._rows("SELECT 1 FROM mysql.user WHERE is_role = 'Y' AND user = ?", name))

    def has_table(self, name: str) -> bool:
        return name.upper() in {table.upper() for table in self._tables()}

    def members(self, database: str, role: str) -> set[str] | None:
        name = self.dictionary_name(role)
        if not self.is_role(name):
            return None
        rows = self._rows("SELECT user, host, admin_option FROM mysql.roles_mapping WHERE role = ?", name)
        return {
            self.word(user) + (" (admin)" if admin == "Y" else "")
            for user, host, admin in rows
            if admin == "N" or (user not in self._accounts and host in ("", "%"))
        }

    def principals(self, database: str) -> dict[str, str]:
        rows = self._rows("SELECT user, is_role FROM mysql.user WHERE host IN ('', '%')")
        return {self.word(user): "role" if is_role == "Y" else "user" for user, is_role in rows}

    def tables(self, database: str) -> set[str]:
        _only_one(database)
        return set(self._tables())

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        _only_one(database)
        found = []
        for table in "global_priv", "roles_mapping", "db", "tables_priv", "columns_priv", "procs_priv":
            found += sorted(f"{table}: {tuple(row)}" for row in self._rows(f"SELECT * FROM mysql.{table}"))
        for schema, table in self._rows(
            "SELECT table_schema, table_name FROM information_schema.tables"
            f" WHERE table_schema NOT IN {SYSTEM} AND table_schema <> '{BEFORE}' ORDER BY 1, 2"
        ):
            is_ledger = schema.upper() == OWNER and table.upper() in LEDGER
            if (schema.upper(), table.upper()) == (OWNER, LOCK) or (is_ledger and not ledger):
                continue
            found += [f"{schema}.{table}: {tuple(row)}" for row in self._rows(f'SHOW CREATE TABLE "{schema}"."{table}"')]
            found += sorted(f"{table}: {tuple(row)}" for row in self._rows(f'SELECT * FROM "{schema}"."{table}"'))
        return found

    def changes(self, sql: str) -> list[str]:
        return [change for change in super().changes(sql) if not change.startswith("ALTER SESSION")]

    def is_busy(self) -> bool:
        return bool(self._rows("SELECT 1 FROM information_schema.processlist WHERE state = 'User sleep'"))

    def log_position(self) -> int:
        log = Path(os.environ.get(f"{VARIABLE}_LOG", ""))
        if not log.is_file():
            raise CannotDo(f"the server's statement log is not at hand: {VARIABLE}_LOG is not set")
        return log.stat().st_size

    def sent(self, since: int) -> list[Sent]:
        own = {str(row[0]) for connection in (self._root, self._owner) for row in connection.execute("SELECT CONNECTION_ID()")}
        with Path(os.environ[f"{VARIABLE}_LOG"]).open(encoding="utf-8", errors="replace") as log:
            log.seek(since)
            events = EVENT.finditer(log.read())
        return [Sent(found[1], "STANDIN", found[3].strip()) for found in events if found[1] not in own and found[2] == "Query"]

    def close(self) -> None:
        self._sweep()
        self._owner.close()
        self._root.close()

    def _connected(self, user: str, schema: str | None = None) -> "pyodbc.Connection":
        database = f";Database={schema}" if schema else ""
        return pyodbc.connect(f"{self._address};Uid={user}{database}", autocommit=True)

    def _run(self, sql: str, connection: "pyodbc.Connection | None" = None) -> None:
        try:
            (connection or self._root).execute(sql).close()
        except pyodbc.Error as error:
            raise RuntimeError(f"{error}\n{sql[:2000]}") from None

    def _run_as_administrator(self, sql: str) -> None:
        """As ROOST, or as the account that made the role: there is no GRANT ANY ROLE."""
        others = sorted(self._accounts - {OWNER})
        try:
            return self._run(sql, self._owner)
        except RuntimeError as error:
            if "(1698)" not in str(error) or not others:
                raise
        for account in others:
            with closing(self._connected(account, account)) as connection:
                try:
                    return self._run(sql, connection)
                except RuntimeError as error:
                    if "(1698)" not in str(error) or account == others[-1]:
                        raise

    def _rows(self, query: str, *values: str) -> list[tuple]:
        return self._root.execute(query, *values).fetchall()

    def _tables(self) -> list[str]:
        return [
            name
            for (name,) in self._rows("SELECT table_name FROM information_schema.tables WHERE table_schema = ?", OWNER)
        ]

    def _make_account(self, user: str) -> None:
        self._run(f"CREATE USER \"{user}\"@'%'")
        self._make_schema(user)

    def _make_schema(self, user: str) -> None:
        self._run(f'CREATE DATABASE "{user}" COLLATE utf8mb4_bin')  # names are compared exactly
        self._run(CONTEXT.format(schema=user))
        self._run(f"GRANT EXECUTE ON \"{user}\".* TO PUBLIC")

    def _keep_what_is_there(self) -> None:
        self._run(f"CREATE DATABASE {BEFORE}")
        self._run(f"CREATE TABLE {BEFORE}.kept AS SELECT user, host FROM mysql.user")
        self._run(f"CREATE TABLE {BEFORE}.kept_schema AS SELECT schema_name FROM information_schema.schemata")

    def _sweep(self) -> None:
        if not self._rows("SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", BEFORE):
            return
        self._end_sessions()
        if self._rows("SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = 'kept_schema'", BEFORE):
            for (schema,) in self._rows(
                "SELECT schema_name FROM information_schema.schemata"
                f" WHERE schema_name NOT IN (SELECT schema_name FROM {BEFORE}.kept_schema)"
            ):
                self._run(f'DROP DATABASE "{schema}"')
            gone = self._rows(
                "SELECT u.user, u.host, u.is_role FROM mysql.user u"
                f" WHERE NOT EXISTS (SELECT 1 FROM {BEFORE}.kept k WHERE k.user = u.user AND k.host = u.host)"
            )
            accounts = [f"{quoted(user)}@'{host}'" for user, host, is_role in gone if is_role == "N"]
            for first in range(0, len(accounts), 500):
                self._run(f"DROP USER {', '.join(accounts[first : first + 500])}")
            for user, _, is_role in gone:
                if is_role == "Y":
                    self._run(f"DROP ROLE {quoted(user)}")
        self._run(f"DROP DATABASE IF EXISTS {BEFORE}")

    def _end_sessions(self) -> None:
        """Of runs that were killed: what they hold would hold up the rest."""
        for (process,) in self._rows(
            "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user NOT IN ('root', 'system user')"
        ):
            try:
                self._run(f"KILL {process}")
            except RuntimeError:
                pass  # it went by itself


def _for_mariadb(statement: str) -> list[str]:
    """A user has one default role there, no list; one without default roles is one whose default role is another."""
    if found := re.fullmatch(r"ALTER USER (\w+) DEFAULT ROLE NONE", statement):
        user = f"\"{found[1]}\"@'%'"
        return ["CREATE ROLE NO_OTHER", f"GRANT NO_OTHER TO {user}", f"SET DEFAULT ROLE NO_OTHER FOR {user}"]
    if found := re.fullmatch(r"ALTER USER (\w+) DEFAULT ROLE (\w+)", statement):
        return [f"SET DEFAULT ROLE {found[2]} FOR \"{found[1]}\"@'%'"]
    return [statement]


def _only_one(database: str) -> None:
    if database != "main":
        raise CannotDo("one pluggable database is at hand, and no second one")
