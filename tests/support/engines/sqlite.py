"""SQLite: a file in the project's folder. Roles are rows of roost_role and roost_role_member; users can log in."""

import os
import shutil
import sqlite3
from pathlib import Path

import flyway
from engines import CannotDo, Engine

ROLE_TABLES = {"roost_role", "roost_role_member"}  # beside the ledger's
LEDGER_SQL = Path(__file__).resolve().parents[3] / "drivers/sqlite/sql/ledger.sql"


class Profile(Engine):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def verified(cls) -> str:
        return f"the real library, SQLite {sqlite3.sqlite_version}"

    def name(self, database: str) -> str:
        return f"{database}.db"

    def url(self, database: str, account: str | None = None) -> str:
        if account:
            raise CannotDo("SQLite has no accounts")
        self._connect(database).close()
        return f"jdbc:sqlite:{self.name(database)}"

    def sql(self, database: str, script: str) -> None:
        connection = self._connect(database)
        connection.executescript(script)
        connection.close()

    def state(self, words: list[str]) -> str:
        match words:
            case ["user", *names]:
                return _role_tables() + _each("INSERT INTO roost_role (name, login) VALUES ({}, 1)", names)
            case ["role", *names]:
                return _role_tables() + _each("INSERT INTO roost_role (name, login) VALUES ({}, 0)", names)
            case ["drop", *names]:
                return _each("DELETE FROM roost_role WHERE name = {}", names)
            case ["grant", role, "to", *members, "with", "admin"]:
                return _grant(role, members, admin=1)
            case ["grant", role, "to", *members]:
                return _grant(role, members, admin=0)
            case ["revoke", role, "from", *members]:
                revoke = f"DELETE FROM roost_role_member WHERE role = {_literal(role)} AND member = {{}}"
                return _each(revoke, members)
            case ["table", *names]:
                return "".join(f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY);\n' for name in names)
            case ["history", *rest]:
                return flyway.history(rest, "TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now'))")
        raise CannotDo(f"SQLite's profile has no `{' '.join(words)}`")

    def copy(self, source: str, target: str) -> None:
        shutil.copyfile(self._folder / self.name(source), self._folder / self.name(target))

    def members(self, database: str, role: str) -> set[str] | None:
        if "roost_role" not in self.tables(database):
            return None
        if not self._rows(database, "SELECT 1 FROM roost_role WHERE name = ?", role):
            return None
        rows = self._rows(database, "SELECT member, admin FROM roost_role_member WHERE role = ?", role)
        return {f"{member} (admin)" if admin else member for member, admin in rows}

    def principals(self, database: str) -> dict[str, str]:
        rows = self._rows(database, "SELECT name, login FROM roost_role")
        return {name: "user" if login else "role" for name, login in rows}

    def tables(self, database: str) -> set[str]:
        return {name for (name,) in self._rows(database, "SELECT name FROM sqlite_master WHERE type = 'table'")}

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        found = []
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        for kind, name, table, sql in self._rows(database, schema):
            ours = table.startswith("roost_")
            if ledger or not ours:
                found.append(f"{kind} {name}: {sql}")
            if kind == "table" and (ledger or not ours or name in ROLE_TABLES):
                found += sorted(f"{name}: {row}" for row in self._rows(database, f'SELECT * FROM "{name}"'))
        return found

    def is_busy(self) -> bool:
        """A run has begun, and a transaction that writes is open: it lasts as long as the script."""
        try:
            if "roost_run" not in self.tables("main"):
                return False
            begun = self._rows("main", "SELECT 1 FROM roost_run WHERE state = 'started'")
            return bool(begun) and self._is_being_written()
        except sqlite3.OperationalError:  # locked: it has outgrown the page cache
            return True

    def read_only(self, database: str) -> list[str]:
        (self._folder / self.name(database)).chmod(0o444)
        if os.geteuid() != 0:
            return []
        if not shutil.which("setpriv"):
            raise CannotDo("root may write to everything, and there is no setpriv to give that up")
        return ["setpriv", "--bounding-set=-dac_override", "--"]

    def log_position(self) -> int:
        raise CannotDo("SQLite has no server that logs statements")

    def sent(self, since: int) -> list:
        raise CannotDo("SQLite has no server that logs statements")

    def _connect(self, database: str) -> sqlite3.Connection:
        connection = sqlite3.connect(self._folder / self.name(database))
        connection.execute("PRAGMA user_version = 0")  # makes the file
        return connection

    def _is_being_written(self) -> bool:
        connection = sqlite3.connect(self._folder / "main.db", timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            return False
        except sqlite3.OperationalError:
            return True
        finally:
            connection.close()

    def _rows(self, database: str, query: str, *values: str) -> list[tuple]:
        connection = sqlite3.connect(self._folder / self.name(database))
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def _role_tables() -> str:
    """The tables that roost would make at its first run: each statement of its own about roost_role."""
    statements, rest = [], ""
    for line in LEDGER_SQL.read_text(encoding="utf-8").splitlines(keepends=True):
        rest += line
        if sqlite3.complete_statement(rest):
            statements.append(rest)
            rest = ""
    return "".join(statement for statement in statements if "roost_role" in statement)


def _grant(role: str, members: list[str], admin: int) -> str:
    values = (f"({_literal(role)}, {_literal(member)}, {admin})" for member in members)
    return "".join(f"INSERT INTO roost_role_member (role, member, admin) VALUES {row};\n" for row in values)


def _each(template: str, names: list[str]) -> str:
    return "".join(template.format(_literal(name)) + ";\n" for name in names)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
