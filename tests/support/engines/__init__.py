"""Engine profiles: how a scenario's words become an engine's SQL. A new engine is one module, with a class `Profile`.

A profile opens an empty database called "main" for one scenario, makes others when they are first asked for, and leaves
nothing behind on close(). It may assume that no other scenario runs on its server at the same time, but not that the
server is empty.
"""

import importlib
from pathlib import Path
from typing import Protocol


class Engine(Protocol):
    def __init__(self, folder: Path) -> None:
        """`folder` is the project's."""

    @staticmethod
    def missing() -> str | None:
        """Why this engine cannot be tested here, or None."""

    def name(self, database: str) -> str:
        """What the engine calls the database."""

    def url(self, database: str, account: str | None = None) -> str:
        """The JDBC URL for roost; the database is made if it is not there."""

    def sql(self, database: str, script: str) -> None:
        """Runs SQL outside roost, statement by statement."""

    def state(self, words: list[str]) -> str:
        """One line of `== state` as SQL."""

    def copy(self, source: str, target: str) -> None:
        """Makes the database `target`, a copy of `source` in all respects."""

    def members(self, database: str, role: str) -> set[str] | None:
        """Who is directly in the role, as "alice" or "alice (admin)"; None where there is no such role."""

    def tables(self, database: str) -> set[str]:
        """The tables where an unqualified name goes."""

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        """All that is: principals, memberships, tables, rights, data; with or without roost's ledger."""

    def is_busy(self) -> bool:
        """Whether roost is now inside the long statement of a scenario's script."""

    def read_only(self, database: str) -> list[str]:
        """Takes from roost the right to change anything; gives the words to put before its command."""

    def log_position(self) -> int:
        """Where the server's statement log ends now."""

    def sent(self, since: int) -> list["Sent"]:
        """The statements that roost sent since then."""

    def close(self) -> None: ...


class Sent(Protocol):
    process: str  # the connection
    database: str
    sql: str


class CannotDo(Exception):
    """What a scenario asks is impossible on this engine or machine; the scenario is skipped, with this reason."""


def names() -> list[str]:
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def profile(name: str) -> type[Engine]:
    return importlib.import_module(f"engines.{name}").Profile
