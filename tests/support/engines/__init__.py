"""What scenarios play on. A *target* is a module here with a class `Profile`: an engine on one kind of server, such as
`postgresql` and `postgresql18`, or `oracle` (a server or the model) and `oracle_standin`. Its name begins with roost's
name of the engine, up to a digit or `_`. Modules that begin with `_` are what targets share.

A profile opens an empty database called "main" for one scenario, makes others when they are first asked for, and leaves
nothing behind on close(); what a killed test left is swept away by the next start. It may assume that no other scenario
runs on its server at the same time, but not that the server is empty or ours. It is made for every scenario: what it
costs counts a thousand times, so it keeps one connection open instead of starting a client for each question.

To add a target: a module with `class Profile(Engine)`; what follows gives what most have in common. Servers come from
tests/support/servers through ROOST_TEST_... variables. The model, an ODBC driver, is the file that ROOST_TEST_MODEL
names.
"""

import importlib
import re
from pathlib import Path
from typing import ClassVar, Protocol

import statements

SKIPPED = 77  # the exit status of a test that cannot be done here


class CannotDo(Exception):
    """What a scenario asks is impossible on this target or machine; the scenario is skipped, with this reason."""


class Sent(Protocol):
    process: str  # the connection
    database: str
    sql: str  # what was sent in one call


class Engine(Protocol):
    folds: ClassVar[bool] = False  # whether `alice` in a scenario is ALICE there
    transactional: ClassVar[bool] = True  # whether role DDL rolls back; else a killed run leaves what it had done
    admin_option: ClassVar[bool] = True  # whether a member may be allowed to hand the role on
    turn: ClassVar[int | None] = None  # of two targets that are much alike: 0 plays scenarios of even names, 1 the others
    shared_roles: ClassVar[bool] = True  # whether roles belong to the server, so that its databases take turns

    def __init__(self, folder: Path) -> None:
        """`folder` is the project's."""

    @classmethod
    def missing(cls) -> str | None:
        """Why this target cannot be tested here, or None. Cheap: asked without connecting."""
        return None

    @classmethod
    def verified(cls) -> str:
        """What the tests really run on: "real server, PostgreSQL 15.18", "stand-in, MariaDB ... in ORACLE mode", "model"."""
        raise NotImplementedError

    def name(self, database: str) -> str:
        """What the engine calls the database."""
        raise NotImplementedError

    def url(self, database: str, account: str | None = None) -> str:
        """The JDBC URL for roost; the database is made if it is not there. CannotDo where there is only an ODBC string."""
        raise NotImplementedError

    def settings(self, database: str, account: str | None = None) -> str:
        """The lines below [database] in an environment's file: `url = …`, or `odbc = …` and `engine = …`."""
        return f'url = "{self.url(database, account)}"'

    def variables(self) -> dict[str, str]:
        """What roost's environment needs on this target besides PATH and the like."""
        return {}

    def sql(self, database: str, script: str) -> None:
        """Runs SQL outside roost, statement by statement; what fails is an exception."""
        raise NotImplementedError

    def state(self, words: list[str]) -> str:
        """One line of `== state` as SQL for sql(); tests/conformance/README.md lists them. CannotDo for the others."""
        raise NotImplementedError

    def copy(self, source: str, target: str) -> None:
        """Makes the database `target`, a copy of `source` in all respects."""
        raise CannotDo("a database cannot be copied there")

    def members(self, database: str, role: str) -> set[str] | None:
        """Who is directly in the role, as "alice" or "alice (admin)"; None where there is no such role.

        Rows that only administer (the creator's own) are no membership and left out.
        """
        raise NotImplementedError

    def principals(self, database: str) -> dict[str, str]:
        """Every role and user there is, as "role" or "user"."""
        raise NotImplementedError

    def tables(self, database: str) -> set[str]:
        """The tables where an unqualified name goes."""
        raise NotImplementedError

    def catalogue(self, database: str, ledger: bool) -> list[str]:
        """All that is: principals, memberships with their options, tables, rights, settings, comments, data; one line
        each, in a fixed order, a row with its table's name; with or without roost's ledger."""
        raise NotImplementedError

    def is_busy(self) -> bool:
        """Whether roost is now inside the long statement of a scenario's script."""
        raise NotImplementedError

    def read_only(self, database: str) -> list[str]:
        """Takes from roost the right to change anything; gives the words to put before its command."""
        raise CannotDo("a server has accounts instead")

    def log_position(self) -> int:
        """Where the server's statement log ends now."""
        raise CannotDo("the server's statement log is not at hand")

    def sent(self, since: int) -> list[Sent]:
        """What roost, and not this profile, sent since then."""
        raise CannotDo("the server's statement log is not at hand")

    def changes(self, sql: str) -> list[str]:
        """Of what was sent in one call, each statement that changes anything, on one line, without comments."""
        return statements.changes_in(sql)

    def is_own(self, change: str) -> bool:
        """Whether roost sends such a change for itself: the ledger's rows, what puts the session back."""
        return statements.is_ledger_row(change)

    def close(self) -> None:
        """Drops what was made, and the roles and users that were not there before."""


def names() -> list[str]:
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def profile(target: str) -> type[Engine]:
    return importlib.import_module(f"engines.{target}").Profile


def engine_of(target: str) -> str:
    """roost's name of the target's engine."""
    return re.match("[a-z]+", target)[0]
