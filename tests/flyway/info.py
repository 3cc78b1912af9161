#!/usr/bin/python3
"""`roost history --migrations` against the real `flyway info -outputType=json`, row by row.

    info.py ROOST [ENGINE ...]

ROOST_TEST_FLYWAY names Flyway's command line; without it nothing is done. For each engine (postgresql, sqlite, mariadb)
a project goes through every state of a migration that Flyway's free edition can reach there, and both list it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

import engines
from engines import SKIPPED

FLYWAY = "ROOST_TEST_FLYWAY"
# Of Flyway's states those that no test here can reach, and why.
OUT_OF_REACH = {
    "Undone": "needs undo migrations, which the free edition leaves out",
    "Available": "needs undo migrations, which the free edition leaves out",
    "Above Target": "roost reads no target",
}
STATES = {
    *("Pending", "Below Baseline", "Baseline", "Ignored (Baseline)", "Ignored", "Missing", "Failed (Missing)", "Success"),
    *("Failed", "Out of Order", "Future", "Failed (Future)", "Outdated", "Superseded", "Deleted"),
    *OUT_OF_REACH,
}
# As a file system may hold them: what Flyway takes for a migration, and of what version, is not told by a grammar.
NAMES = """
V1.2__a.sql V1_3__b.sql V005__c.sql V20240101120000123456789012345678901234567890__long.sql V1.2.3__x.sql V7__.sql V8.sql
V9_.sql V__x.sql V1.a__x.sql V10__two__seps.sql V11___three.sql V12._x__dot.sql V.13__x.sql V14..1__x.sql V_15__x.sql
V16_.5__y.sql V-17__x.sql V+18__x.sql v19__lower.sql V20__upper.SQL V21__x.sql.txt V22__a.b.sql V23__script.sh
V24__script.py V25__script.ps1 V26__ä_ö.sql V28__%20.sql V29__x_.sql V30_0_0__x.sql V_31_1__z.sql V32|1__x.sql
V33__|lead.sql |V35__x.sql V36__x|.sql V37|__x.sql V1e3__x.sql V34.0.0.01__x.sql V.sql V__.sql V1.-3__x.sql V-0.5__x.sql
V0__zero.sql R__rep.sql R1__repver.sql R.sql R__.sql R__Under_score_name.sql R__été.sql R__Z.sql R__a.sql Rx__y.sql
U1.2__undo.sql B3__base.sql B-4__base.sql Bx__base.sql afterMigrate.sql afterMigrate__x.sql beforeEachMigrate__y.sql
readme.sql readme.md V38__conf.sql V38__conf.sql.conf .V39__hidden.sql
""".split()


class Project:
    """A folder with migrations, the database that they are for, and both programs called in it."""

    def __init__(self, roost: str, profile: type[engines.Engine], schema: str = "") -> None:
        self._roost = roost
        self._folder = tempfile.TemporaryDirectory(prefix="roost-info.")
        self.folder = Path(self._folder.name)
        self.engine = profile(self.folder)
        self._schema = schema
        self._url = self.engine.url("main")
        (self.folder / "sql").mkdir()
        (self.folder / "environments").mkdir()
        (self.folder / "roost.toml").write_text('[project]\nname = "info"\n', encoding="utf-8")
        where = f'[migrations]\nschema = "{schema}"\n' if schema else ""
        self._write("environments/dev.toml", f'[database]\n{self.engine.settings("main")}\n{where}[placeholders]\nwho = "hr"\n')

    def _write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def put(self, *names: str, sql: str = "SELECT 1;\n") -> None:
        for name in names:
            self._write(f"sql/{name}", f"-- {name}\n{sql}")

    def remove(self, *names: str) -> None:
        for name in names:
            (self.folder / "sql" / name).unlink()

    def flyway(self, *arguments: str, fails: bool = False) -> dict:
        command = [os.environ[FLYWAY], *arguments, f"-url={self._url}", "-locations=filesystem:sql", "-outputType=json"]
        command += ["-placeholders.who=hr", *([f"-defaultSchema={self._schema}"] if self._schema else [])]
        quiet = {"FLYWAY_SKIP_CHECK_FOR_UPDATE": "true", "REDGATE_DISABLE_TELEMETRY": "true"}
        run = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, env={**os.environ, **quiet}, timeout=120
        )
        if (run.returncode != 0) != fails:
            raise AssertionError(f"flyway {' '.join(arguments)}: {run.returncode}\n{run.stdout}\n{run.stderr}")
        return json.loads(run.stdout)

    def roost(self) -> dict:
        command = [self._roost, "history", "-e", "dev", "--migrations", "--format", "json"]
        variables = {**os.environ, "ASAN_OPTIONS": "detect_leaks=0", **self.engine.variables()}
        run = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, env=variables, timeout=60)
        return json.loads(run.stdout)["runs"][0]
