"""Oracle: the pluggable database that ROOST_TEST_ORACLE names (an ODBC connection string, as a DBA), or else the model that
ROOST_TEST_MODEL names, in the scenario's own folder.

The server need not be empty or ours: what is there at the start is kept in a table, and closing, or the next start after a
test was killed, drops what came since and is ours: roles that ROOST or a user of the tests administers, and users whose
names the tests use. A user ROOST that is not ours is left alone: nothing is played.
"""

import json
import os
import re
import time
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engines import CannotDo
from engines._oracle import LEDGER, LOCK, OWNER, OracleEngine, quoted, statements_of
from language import words

try:
    import pyodbc
except ImportError:
    pyodbc = None

REPOSITORY = Path(__file__).resolve().parents[3]
SERVER = "ROOST_TEST_ORACLE"
MODEL = "ROOST_TEST_MODEL"
PASSWORD = "Roost_test_1"
KEPT = "ROOST_TEST_KEPT"  # a table of ROOST's: that the user is ours, and who was there before
RIGHTS = (
    "CREATE SESSION, CREATE TABLE, CREATE PROCEDURE, UNLIMITED TABLESPACE, CREATE ROLE, GRANT ANY ROLE, DROP ANY ROLE,"
    " ALTER ANY ROLE, CREATE USER, ALTER USER, DROP USER, SELECT_CATALOG_ROLE"
)


@dataclass(frozen=True)
class Sent:
    process: str
    database: str
    sql: str


class Profile(OracleEngine):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._server = folder / "server"
        self._is_model = SERVER not in os.environ
        self._connections: dict[str, pyodbc.Connection] = {}  # as DBA, for each database
        self._accounts = {OWNER}  # that roost comes in as
        self._current = "main"
        self._need("main")

    @classmethod
    def missing(cls) -> str | None:
        if pyodbc is None:
            return "python3-pyodbc is not installed"
        return None if SERVER in os.environ or MODEL in os.environ else f"neither {SERVER} nor {MODEL} is set"

    @classmethod
    def verified(cls) -> str:
        if SERVER not in os.environ:
            return "model"
        with closing(pyodbc.connect(os.environ[SERVER])) as connection:
            version = connection.execute("SELECT MAX(version) FROM product_component_version").fetchone()[0]
        return f"real server, Oracle {version}"

    def name(self, database: str) -> str:
        if self._is_model:
            return database.upper()
        return self._rows("SELECT SYS_CONTEXT('USERENV', 'CON_NAME') FROM DUAL")[0][0]

    def url(self, database: str, account: str | None = None) -> str:
        raise CannotDo("Oracle is given as an ODBC connection string")

    def settings(self, database: str, account: str | None = None) -> str:
        self._need(database)
        user = self.dictionary_name(account) if account else OWNER
        if user not in self._accounts:
            self._accounts.add(user)
        return f'engine = "oracle"\nodbc = {json.dumps(_as(self._address(database), user))}'

    def sql(self, database: str, script: str) -> None:
        self._need(database)
        with closing(pyodbc.connect(_as(self._address(database), OWNER), autocommit=True)) as connection:
            for statement in statements_of(script):
                _run(connection, statement)

    def create_user(self, name: str) -> str:
        return f'CREATE USER {quoted(name)} IDENTIFIED BY "{PASSWORD}";\n'

    def may_come_in(self, name: str) -> str:
        """And keep the ledger: as `init --grants` says, in tables that a run as ROOST has made."""
        if name not in self._accounts:
            return ""
        tables = sorted(table for table in LEDGER if self.has_table(table))
        return f"GRANT CREATE SESSION, SELECT_CATALOG_ROLE TO {quoted(name)};\n" + "".join(
            f"GRANT {right} TO {quoted(name)};\n"
            for right in ["EXECUTE ON sys.dbms_lock", *(f"SELECT, INSERT, UPDATE, DELETE ON {table}" for table in tables)]
        )

    def superuser(self, name: str) -> str:
        self._run(self._current, f"GRANT DBA TO {OWNER} WITH ADMIN OPTION")  # else ROOST could not grant it
        return super().superuser(name)

    def is_role(self, name: str) -> bool:
        return bool(self._rows("SELECT role FROM dba_roles WHERE role = ?", name))

    def has_table(self, name: str) -> bool:
        return name in self._tables(self._current)

    def copy(self, source: str, target: str) -> None:
        if not self._is_model:
            raise CannotDo("a pluggable database is not copied on a server that is not ours")
        self._run_as_root(f"CREATE PLUGGABLE DATABASE {self.name(target)} FROM {self.name(source)}")
        self._connections[target] = pyodbc.connect(self._address(target), autocommit=True)

    def members(self, database: str, role: str) -> set[str] | None:
        self._current = database
        name = self.dictionary_name(role)
        if not self.is_role(name):
            return None
        rows = self._rows("SELECT grantee, admin_option FROM dba_role_privs WHERE granted_role = ?", name)
        return {
            self.word(grantee) + (" (admin)" if admin == "YES" else "")
            for grantee, admin in rows
            if admin == "NO" or (grantee not in self._accounts and grantee not in ("SYS", "SYSTEM"))
        }

    def principals(self, database: str) -> dict[str, str]:
        self._current = database
        users = {self.word(name): "user" for (name,) in self._rows("SELECT username FROM dba_users")}
        return users | {self.word(name): "role" for (name,) in self._rows("SELECT role FROM dba_roles")}

    def tables(self, database: str) -> set[str]:
        return {name.lower() if name == name.upper() else name for name in self._tables(database)}

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        self._current = database
        found = []
        for query in (
            "SELECT 'user', username, account_status FROM dba_users WHERE oracle_maintained = 'N'",
            "SELECT 'role', role, authentication_type FROM dba_roles WHERE oracle_maintained = 'N'",
            "SELECT 'member', grantee, granted_role, admin_option, default_role FROM dba_role_privs",
            "SELECT 'right', grantee, privilege, admin_option FROM dba_sys_privs",
            f"SELECT 'right', grantee, table_name, privilege FROM dba_tab_privs WHERE owner = '{OWNER}'",
        ):
            found += sorted(str(tuple(row)) for row in self._rows(query))
        for table in sorted(self._tables(database)):
            if table not in (LOCK, KEPT) and (ledger or table not in LEDGER):
                found += [f"table {table}"]
                found += sorted(f"{table}: {tuple(row)}" for row in self._rows(f'SELECT * FROM {OWNER}."{table}"'))
        return found

    def is_busy(self) -> bool:
        return bool(self._rows("SELECT sid FROM v$session WHERE event = 'PL/SQL lock timer'"))

    def log_position(self) -> int:
        if not self._is_model:
            raise CannotDo("the server's statement log is not at hand")
        return (self._server / "statements.log").stat().st_size

    def sent(self, since: int) -> list[Sent]:
        """What other processes than this one sent."""
        with (self._server / "statements.log").open(encoding="utf-8") as log:
            log.seek(since)
            calls = [json.loads(line) for line in log]
        return [
            Sent(str(call["session"]), call["database"], call["text"]) for call in calls if call["process"] != os.getpid()
        ]

    def changes(self, sql: str) -> list[str]:
        return [change for change in super().changes(sql) if not change.startswith("ALTER SESSION")]

    def close(self) -> None:
        if not self._is_model:
            self._sweep()
        for connection in self._connections.values():
            connection.close()

    def _address(self, database: str) -> str:
        if not self._is_model:
            return os.environ[SERVER]
        return f"Driver={os.environ[MODEL]};Dialect=oracle;Server={self._server};DBQ=//localhost:1521/{database.upper()};Uid=SYSTEM;Pwd=x"

    def _need(self, database: str) -> None:
        if database in self._connections:
            self._current = database
            return
        if self._is_model:
            self._run_as_root(f"CREATE PLUGGABLE DATABASE {database.upper()} ADMIN USER pdb_admin IDENTIFIED BY {PASSWORD}")
        elif database != "main":
            raise CannotDo("one pluggable database is at hand, and no second one")
        self._connections[database] = pyodbc.connect(self._address(database), autocommit=True)
        self._current = database
        self._begin(database)

    def _begin(self, database: str) -> None:
        if not self._is_model:
            self._sweep()
            if self._rows("SELECT username FROM dba_users WHERE username = ?", OWNER):
                raise CannotDo("the server has a user ROOST who is not ours")
        before = self._principals()
        self._run(database, f'CREATE USER {OWNER} IDENTIFIED BY "{PASSWORD}"')
        self._run(database, f"CREATE TABLE {OWNER}.{KEPT} (name VARCHAR2(128))")
        for name in before:
            self._connections[database].execute(f"INSERT INTO {OWNER}.{KEPT} (name) VALUES (?)", name)
        self._run(database, f"GRANT {RIGHTS} TO {OWNER} WITH ADMIN OPTION")
        self._run(database, f"GRANT EXECUTE ON sys.dbms_lock TO {OWNER} WITH GRANT OPTION")

    def _principals(self) -> list[str]:
        return [name for (name,) in self._rows("SELECT username FROM dba_users UNION SELECT role FROM dba_roles")]

    def _sweep(self) -> None:
        if not self._rows("SELECT table_name FROM dba_tables WHERE owner = ? AND table_name = ?", OWNER, KEPT):
            return
        kept = {name for (name,) in self._rows(f"SELECT name FROM {OWNER}.{KEPT}")}
        for name in self._ours([name for name in self._principals() if kept and name not in kept and name != OWNER]):
            self._run("main", f"DROP ROLE {quoted(name)}" if self.is_role(name) else f"DROP USER {quoted(name)} CASCADE")
        self._drop_owner()

    def _ours(self, came: list[str]) -> list[str]:
        """Somebody else may have made principals meanwhile."""
        users = {self.dictionary_name(name) for name in _test_users()} - {OWNER}
        administered = self._rows("SELECT granted_role, grantee FROM dba_role_privs WHERE admin_option = 'YES'")
        roles = {role for role, grantee in administered if grantee == OWNER or grantee in users}
        return [name for name in came if name in (roles if self.is_role(name) else users)]

    def _drop_owner(self) -> None:
        """Sessions of a run that was killed end in their own time."""
        for sid, serial in self._rows(f"SELECT sid, serial# FROM v$session WHERE username = '{OWNER}'"):
            try:
                self._run("main", f"ALTER SYSTEM KILL SESSION '{sid},{serial}' IMMEDIATE")
            except RuntimeError:
                pass  # it has gone
        deadline = time.monotonic() + 30
        while True:
            try:
                return self._run("main", f"DROP USER {OWNER} CASCADE")
            except RuntimeError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _rows(self, query: str, *values: str) -> list[tuple]:
        return self._connections[self._current].execute(query, *values).fetchall()

    def _tables(self, database: str) -> list[str]:
        self._current = database
        return [name for (name,) in self._rows("SELECT table_name FROM dba_tables WHERE owner = ?", OWNER)]

    def _run(self, database: str, sql: str) -> None:
        _run(self._connections[database], sql)

    def _run_as_root(self, sql: str) -> None:
        address = re.sub(r"/\w+;Uid", "/CDB$ROOT;Uid", self._address("main"))
        with closing(pyodbc.connect(address, autocommit=True)) as connection:
            _run(connection, sql)


def _as(address: str, user: str) -> str:
    rest = [part for part in address.split(";") if part and not re.match(r"(UID|User|PWD|Password)\s*=", part, re.IGNORECASE)]
    return ";".join([*rest, f"UID={user}", f"PWD={PASSWORD}"])


@cache
def _test_users() -> set[str]:
    """The names of users in the states and scripts of all scenarios and of the worked example."""
    found = set()
    for file in [*(REPOSITORY / "tests").rglob("*.txt"), *(REPOSITORY / "callbacks" / "oracle").rglob("*.sql")]:
        text = file.read_text(encoding="utf-8", errors="replace")
        found.update(re.findall(r"(?i)CREATE USER (?:IF NOT EXISTS )?([^\s;]+)", text))
        for line in re.findall(r"(?m)^(?:user|creator|superuser) .+$", text):
            found.update(words(line)[1:])
    return found


def _run(connection: "pyodbc.Connection", sql: str) -> None:
    try:
        connection.execute(sql).close()
    except pyodbc.Error as error:
        raise RuntimeError(f"{error}\n{sql[:2000]}") from None
