"""SQL Server: the server that ROOST_TEST_SQLSERVER names (an ODBC connection string, as an administrator), or else the
model that ROOST_TEST_MODEL names, in the scenario's own folder.

The server need not be empty or ours: everything lives in databases and logins that begin with PREFIX; closing, or the next
start after a test was killed, drops those and no others. Users have no login but where roost is to come in as them.
"""

import json
import os
import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import statements
from engines import CannotDo, Engine

try:
    import pyodbc
except ImportError:
    pyodbc = None

PREFIX = "roost_test_"
PASSWORD = "Roost-test-1!"
LEDGER = "roost"  # its schema
BATCH_END = re.compile(r"^[ \t]*GO[ \t]*(?:--.*)?$", re.IGNORECASE | re.MULTILINE)
# What roost sends for itself: the marks of roles, which are rows of the ledger's schema, and what a session begins with.
OWN = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) roost\.", re.IGNORECASE)
FIRST = re.compile(r"INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT|REVOKE|EXEC|SELECT|BEGIN", re.IGNORECASE)
HISTORY = """
IF OBJECT_ID(N'dbo.flyway_schema_history', N'U') IS NULL
CREATE TABLE dbo.flyway_schema_history (
    installed_rank INT            NOT NULL PRIMARY KEY,
    version        NVARCHAR(50),
    description    NVARCHAR(200)  NOT NULL,
    type           NVARCHAR(20)   NOT NULL,
    script         NVARCHAR(1000) NOT NULL,
    checksum       INT,
    installed_by   NVARCHAR(100)  NOT NULL,
    installed_on   DATETIME       NOT NULL DEFAULT GETDATE(),
    execution_time INT            NOT NULL,
    success        BIT            NOT NULL
)
GO
INSERT INTO dbo.flyway_schema_history
    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
SELECT COALESCE(MAX(installed_rank), 0) + 1, N'{version}', N'change', N'{kind}', N'{script}', 1234, N'flyway', 7, {success}
FROM dbo.flyway_schema_history
GO
"""


@dataclass(frozen=True)
class Sent:
    process: str
    database: str
    sql: str


class Profile(Engine):
    admin_option = False
    shared_roles = False

    def __init__(self, folder: Path) -> None:
        self._server = folder / "server"
        self._is_model = "ROOST_TEST_SQLSERVER" not in os.environ
        self._address = (
            f"Driver={os.environ['ROOST_TEST_MODEL']};Dialect=sqlserver;Server={self._server};Uid=sa;Pwd=x;Encryption=require"
            if self._is_model
            else os.environ["ROOST_TEST_SQLSERVER"]
        )
        self._accounts: set[str] = set()  # that roost is to come in as
        self._made: set[str] = set()
        self._connection = self._connected("master")
        self._sweep()

    @classmethod
    def missing(cls) -> str | None:
        if pyodbc is None:
            return "python3-pyodbc is not installed"
        if "ROOST_TEST_SQLSERVER" in os.environ or "ROOST_TEST_MODEL" in os.environ:
            return None
        return "neither ROOST_TEST_SQLSERVER nor ROOST_TEST_MODEL is set"

    @classmethod
    def verified(cls) -> str:
        if "ROOST_TEST_SQLSERVER" not in os.environ:
            return "model"
        with closing(pyodbc.connect(os.environ["ROOST_TEST_SQLSERVER"])) as connection:
            version = connection.execute("SELECT @@VERSION").fetchone()[0]
        return f"real server, {version.splitlines()[0].strip()}"

    def name(self, database: str) -> str:
        return PREFIX + database

    def url(self, database: str, account: str | None = None) -> str:
        raise CannotDo("SQL Server is given as an ODBC connection string")

    def settings(self, database: str, account: str | None = None) -> str:
        self._need(database)
        address = self._at(self.name(database))
        if account:
            self._accounts.add(account)
            address = _with(_with(address, "UID", PREFIX + account), "PWD", PASSWORD)
        return f'engine = "sqlserver"\nodbc = {json.dumps(address)}'

    def sql(self, database: str, script: str) -> None:
        self._need(database)
        with closing(self._connected(self.name(database))) as connection:
            for batch in BATCH_END.split(script):
                if batch.strip():
                    _run(connection, batch)

    def state(self, words: list[str]) -> str:
        match words:
            case ["user", *names]:
                return "".join(map(self._user, names))
            case ["role", *names]:
                return _each("CREATE ROLE {}", names)
            case ["superuser", *names]:
                return "".join(map(self._user, names)) + _each("ALTER ROLE [db_owner] ADD MEMBER {}", names)
            case ["creator", *names]:
                rights = ["CREATE ROLE", "ALTER ANY ROLE", "VIEW DEFINITION"]
                return "".join(map(self._user, names)) + _each(f"GRANT {', '.join(rights)} TO {{}}", names)
            case ["drop", *names]:
                return "".join(map(_drop, names))
            case ["grant", _, "to", *_, "with", "admin"]:
                raise CannotDo("memberships have no options on SQL Server")
            case ["grant", role, "to", *members]:
                return _each(f"ALTER ROLE {_quoted(role)} ADD MEMBER {{}}", members)
            case ["revoke", role, "from", *members]:
                return _each(f"ALTER ROLE {_quoted(role)} DROP MEMBER {{}}", members)
            case ["table", *names]:
                return _each("CREATE TABLE dbo.{} (id INTEGER NOT NULL PRIMARY KEY)", names)
            case ["history", *outcome, version]:
                kind = "BASELINE" if outcome == ["baseline"] else "SQL"
                script = f"V{version.replace('.', '_')}__change.sql"
                return HISTORY.format(version=version, kind=kind, script=script, success=int(outcome != ["failed"]))
        raise CannotDo(f"SQL Server's profile has no `{' '.join(words)}`")

    def copy(self, source: str, target: str) -> None:
        """By backup and restore; the server writes the file where it keeps its backups."""
        a, b = _quoted(self.name(source)), _quoted(self.name(target))
        file = _literal(str(self._server / "copy.bak") if self._is_model else f"{self.name(source)}.bak")
        try:
            with closing(self._connected("master")) as connection:
                _run(connection, f"BACKUP DATABASE {a} TO DISK = {file}" + ("" if self._is_model else " WITH INIT, COPY_ONLY"))
                _run(connection, f"RESTORE DATABASE {b} FROM DISK = {file}" + self._moves(source, target))
        except pyodbc.Error as error:
            if self._is_model:
                raise
            raise CannotDo(f"a database cannot be copied there: {error}") from None
        self._made.add(target)

    def members(self, database: str, role: str) -> set[str] | None:
        query = (
            "SELECT m.name FROM sys.database_principals r"
            " LEFT JOIN sys.database_role_members x ON x.role_principal_id = r.principal_id"
            " LEFT JOIN sys.database_principals m ON m.principal_id = x.member_principal_id"
            f" WHERE r.type = N'R' AND r.name = {_literal(role)}"
        )
        found = [name for (name,) in self._rows_at(database, query)]
        return {name for name in found if name is not None} if found else None

    def principals(self, database: str) -> dict[str, str]:
        rows = self._rows_at(database, "SELECT p.name, p.type FROM sys.database_principals p WHERE p.principal_id <> 0")
        return {name: "role" if kind.strip() == "R" else "user" for name, kind in rows}

    def tables(self, database: str) -> set[str]:
        query = "SELECT t.name FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE s.name = N'dbo'"
        return {name for (name,) in self._rows_at(database, query)}

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        with closing(self._connected(self.name(database))) as connection:
            return sorted(_catalogue(connection, ledger))

    def is_busy(self) -> bool:
        waiting = "SELECT COUNT(*) FROM sys.dm_exec_requests WHERE session_id <> @@SPID AND wait_type = N'WAITFOR'"
        try:
            return _rows(self._connection, f"{waiting} AND database_id = DB_ID({_literal(self.name('main'))})")[0][0] > 0
        except pyodbc.Error as error:
            raise CannotDo(f"the server does not tell what its sessions do: {error}") from None

    def log_position(self) -> int:
        if not self._is_model:
            raise CannotDo("a server's statement log is not at hand")
        return (self._server / "statements.log").stat().st_size

    def sent(self, since: int) -> list[Sent]:
        with (self._server / "statements.log").open(encoding="utf-8") as log:
            log.seek(since)
            calls = [json.loads(line) for line in log]
        return [
            Sent(str(call["session"]), call["database"], call["text"])
            for call in calls
            if str(call["process"]) != str(os.getpid())
        ]

    def changes(self, sql: str) -> list[str]:
        """A guarded change begins with its guard."""
        return [change for change in map(_unguarded, _statements(sql)) if statements.CHANGING.match(change)]

    def is_own(self, change: str) -> bool:
        return OWN.match(change) is not None

    def close(self) -> None:
        self._sweep()
        self._connection.close()

    def _connected(self, database: str):
        return pyodbc.connect(self._at(database), autocommit=True)

    def _at(self, database: str) -> str:
        return _with(self._address, "Database", database)

    def _rows_at(self, database: str, query: str) -> list:
        with closing(self._connected(self.name(database))) as connection:
            return _rows(connection, query)

    def _need(self, database: str) -> None:
        if database not in self._made:
            _run(self._connection, f"CREATE DATABASE {_quoted(self.name(database))}")
            self._made.add(database)

    def _user(self, name: str) -> str:
        if name not in self._accounts:
            return f"CREATE USER {_quoted(name)} WITHOUT LOGIN\nGO\n"
        login = _quoted(PREFIX + name)
        return (
            f"IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = {_literal(PREFIX + name)})"
            f" CREATE LOGIN {login} WITH PASSWORD = {_literal(PASSWORD)}\nGO\n"
            f"CREATE USER {_quoted(name)} FOR LOGIN {login}\nGO\n"
        )

    def _moves(self, source: str, target: str) -> str:
        if self._is_model:
            return ""
        files = self._rows_at(source, "SELECT name, physical_name FROM sys.database_files")
        moved = [(name, path.replace(self.name(source), self.name(target))) for name, path in files]
        return " WITH " + ", ".join(f"MOVE {_literal(name)} TO {_literal(path)}" for name, path in moved)

    def _sweep(self) -> None:
        like = PREFIX.replace("_", "[_]") + "%"
        for (name,) in _rows(self._connection, f"SELECT name FROM sys.databases WHERE name LIKE {_literal(like)}"):
            if not self._is_model:
                _try(self._connection, f"ALTER DATABASE {_quoted(name)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE")
            _run(self._connection, f"DROP DATABASE {_quoted(name)}")
        logins = f"SELECT name FROM sys.server_principals WHERE type = N'S' AND name LIKE {_literal(like)}"
        for (name,) in _rows(self._connection, logins):
            _run(self._connection, f"DROP LOGIN {_quoted(name)}")
        self._made.clear()


def _run(connection, batch: str) -> None:
    """Through every result: an error behind the first one shows only there."""
    with closing(connection.cursor()) as cursor:
        cursor.execute(batch)
        while cursor.nextset():
            pass


def _try(connection, batch: str) -> None:
    try:
        _run(connection, batch)
    except pyodbc.Error:  # a compatible server may not have it
        pass


def _rows(connection, query: str) -> list:
    with closing(connection.cursor()) as cursor:
        return cursor.execute(query).fetchall()


def _catalogue(connection, ledger: bool) -> Iterable[str]:
    hidden = "" if ledger else f" AND s.name <> N'{LEDGER}'"
    queries = {
        "principal": "SELECT p.name, p.type, p.principal_id, p.default_schema_name, p.owning_principal_id"
        " FROM sys.database_principals p",
        "member": "SELECT r.name, m.name FROM sys.database_role_members x"
        " JOIN sys.database_principals r ON r.principal_id = x.role_principal_id"
        " JOIN sys.database_principals m ON m.principal_id = x.member_principal_id",
        "schema": f"SELECT s.name, s.principal_id FROM sys.schemas s WHERE 1 = 1{hidden}",
        "object": "SELECT s.name, o.name, o.type FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id"
        f" WHERE o.is_ms_shipped = 0{hidden}",
        "column": "SELECT s.name, o.name, c.name, c.is_nullable FROM sys.columns c"
        " JOIN sys.objects o ON o.object_id = c.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id"
        f" WHERE o.is_ms_shipped = 0{hidden}",
        "right": "SELECT g.name, p.permission_name, p.state, p.class, p.major_id, p.minor_id"
        " FROM sys.database_permissions p JOIN sys.database_principals g ON g.principal_id = p.grantee_principal_id"
        " WHERE p.major_id >= 0",
    }
    for what, query in queries.items():
        yield from (f"{what} {tuple(row)}" for row in _rows(connection, query))
    tables = f"SELECT s.name, t.name FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE 1 = 1{hidden}"
    for schema, table in _rows(connection, tables):
        yield from (
            f"row of {schema}.{table}: {tuple(row)}"
            for row in _rows(connection, f"SELECT * FROM {_quoted(schema)}.{_quoted(table)}")
        )


def _statements(sql: str) -> list[str]:
    """Each on one line, without comments."""
    pieces = re.findall(r"(?:'[^']*'|\[[^\]]*\]|--[^\n]*|[^;'\[]|\[)+", sql)
    return [re.sub(r"\s+", " ", re.sub(r"--[^\n]*", "", piece)).strip() for piece in pieces]


def _unguarded(statement: str) -> str:
    """What stands behind IF …: from the first word that begins a statement, outside of strings, names and parentheses."""
    if not statement.upper().startswith("IF "):
        return statement
    depth = 0
    for found in re.finditer(r"'[^']*'|\[[^\]]*\]|\w+|[()]", statement):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth == 0 and FIRST.fullmatch(found[0]):
            return statement[found.start() :]
    return ""


def _each(template: str, names: list[str]) -> str:
    return "".join(template.format(_quoted(name)) + "\nGO\n" for name in names)


def _drop(name: str) -> str:
    """A role, which must be empty first, or a user; their memberships of others go with them."""
    literal = _literal(name)
    return (
        f"DECLARE @sql nvarchar(max) = N''; SELECT @sql = @sql + N'ALTER ROLE ' + QUOTENAME({literal}) + N' DROP MEMBER '"
        " + QUOTENAME(m.name) + N';' FROM sys.database_role_members x JOIN sys.database_principals m"
        f" ON m.principal_id = x.member_principal_id WHERE x.role_principal_id = DATABASE_PRINCIPAL_ID({literal});"
        " EXEC(@sql)\nGO\n"
        f"IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = {literal} AND type = N'R')"
        f" DROP ROLE {_quoted(name)} ELSE DROP USER {_quoted(name)}\nGO\n"
    )


def _with(address: str, key: str, value: str) -> str:
    """The connection string with that attribute set anew."""
    parts = re.findall(r"[^;={]+=(?:\{(?:[^}]|\}\})*\}|[^;]*)", address)
    kept = [part for part in parts if part.split("=", 1)[0].strip().lower() != key.lower()]
    return ";".join([*kept, f"{key}={value}"])


def _quoted(name: str) -> str:
    return "[" + name.replace("]", "]]") + "]"


def _literal(text: str) -> str:
    return "N'" + text.replace("'", "''") + "'"
