"""A project in a folder with a database, on which the real Flyway and roost work in turn: what the tests here share.

A test is a script `NAME.py TARGET ROOST` that ends with `play(check)`; `check` takes a Project and raises Unmet. It plays
on MariaDB, PostgreSQL and SQLite, or where a line `TARGETS = "sqlite"` says. Flyway is the script that ROOST_TEST_FLYWAY
names; tests/support/real_flyway fetches it.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # the scenarios look for leaks

import engines
from expectations import Outcome, Unmet
from stage import Process, Stage, stage_on

FLYWAY = Path(os.environ.get("ROOST_TEST_FLYWAY", ""))
QUIET = "-skipCheckForUpdate"  # the variable that should do this has no effect
# A short start: compiled once and quickly, from classes that real_flyway has put by; a folder that was moved lacks those.
SHARED = ["-Xshare:auto", "-Xlog:disable", f"-XX:SharedArchiveFile={FLYWAY.parent}/flyway.jsa"]
JAVA = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", *SHARED]

VARIABLES = {"JAVA_ARGS": " ".join(JAVA), "REDGATE_DISABLE_TELEMETRY": "true"}


class Project:
    """Commands run in `folder`; `roost` is on the PATH, and the folder is HOME too."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.folder, self.engine, self.target = stage.folder, stage.engine, stage.target
        self._variables = VARIABLES | {"PATH": f"{stage.roost.parent}:{os.environ['PATH']}"}

    def url(self, database: str = "main", account: str | None = None) -> str:
        """The JDBC URL; the database is made if it is not there."""
        return self.engine.url(database, account)

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def roost(self, *words: str, variables: dict[str, str] | None = None) -> Outcome:
        return self._stage.run(words, variables)

    def flyway(self, *words: str, variables: dict[str, str] | None = None) -> Outcome:
        return self._stage.finish(self.launch_flyway(*words, variables=variables))

    def launch_flyway(self, *words: str, variables: dict[str, str] | None = None) -> Process:
        """For finish()."""
        return self._stage.launch([QUIET, *words], self._variables | (variables or {}), program=FLYWAY)

    def shell(self, text: str, variables: dict[str, str] | None = None) -> Outcome:
        """With roost and flyway on the PATH; the first command that fails ends it."""
        self.write({".bin/flyway": f'#!/bin/sh\nexec "{FLYWAY}" {QUIET} "$@"\n'})
        (self.folder / ".bin/flyway").chmod(0o755)
        ours = self._variables | {"PATH": f"{self.folder}/.bin:{self._variables['PATH']}"} | (variables or {})
        return self.finish(self._stage.launch(["-ec", text], ours, program=Path("/bin/sh")))

    def finish(self, process: Process) -> Outcome:
        return self._stage.finish(process)


def need(holds: bool, what: str, outcome: Outcome | None = None) -> None:
    if not holds:
        raise Unmet(what if outcome is None else f"{what}\n{outcome}")


def missing(target: str) -> str | None:
    if not FLYWAY.is_file():
        return "there is no Flyway: ROOST_TEST_FLYWAY names none (tests/support/real_flyway)"
    return engines.profile(target).missing() if shutil.which("java") else "there is no java"


def play(check: Callable[[Project], None]) -> None:
    target, roost = sys.argv[1:]
    if reason := missing(target):
        print(f"skipped: {reason}")
        sys.exit(engines.SKIPPED)
    with stage_on(target, Path(roost).resolve()) as stage:
        try:
            check(Project(stage))
        except Unmet as unmet:
            sys.exit(str(unmet))
    print("as it should be")
