#!/usr/bin/python3
"""The report of a plan as SQL, run by the engine's own client, against what apply does: the same state.

    sql_report.py TARGET ROOST

Roles belong to the server, so the two are played one after the other from the same beginning: first apply, then the script.
What came of each is dumped by the engine's own means, whole, and compared as text.
"""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import engines
from expectations import Unmet
from stage import Stage, stage_on

HOSTILE = [
    "two\nlines", "\\! touch hacked", "a:USER", ":'DBNAME'", "semi;colon", "it's", 'qu"ote', "back\\slash", "--", "*/", "${x}", "$$",
    "`x`", "\n.read hacked\n", "delimiter", "x" * 60,
]  # fmt: skip
REFUSED = {"mariadb": ["delimiter"]}
STATE = [
    ["user", "alice", "bob", "carol"], ["role", "hr", "gone", "kept"], ["table", "payslip"],
    ["grant", "hr", "to", "bob", "carol"], ["grant", "kept", "to", "alice"], ["grant", "gone", "to", "hr"],
]  # fmt: skip
PROJECT = "[project]\nname = \"payroll\"\n[roles]\nhr = {{}}\ngone = {{}}\nguineapigs = {{}}\n{roles}"
ENVIRONMENT = "{database}\n[memberships]\nhr = [\"alice\", {{ member = \"carol\", admin = true }}, {many}]\ngone = []\n{memberships}"
MANY = [f"person{n:03}" for n in range(150)]

POSTGRESQL = {
    "roles/afterMigrate__010_roles.sql": r"""-- roost: touches = scripted, guarded, kept
-- \! touch hacked
DO $$ BEGIN CREATE ROLE scripted NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
CREATE OR REPLACE FUNCTION greeting(who text) RETURNS text LANGUAGE plpgsql AS $fn$
BEGIN
    -- a comment; with \! and :USER and $roost$
    RETURN 'hi ' || who || E'\\' || '\d';
END $fn$;
CREATE OR REPLACE FUNCTION pair() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
CREATE OR REPLACE VIEW slices AS SELECT a[1:PORT] AS part, 'a\b:USER' AS text, '1'::text AS more FROM (SELECT ARRAY[1,2,3] AS a, 2 AS port) x;
GRANT SELECT ON payslip TO scripted -- the last word
;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO scripted;
COMMENT ON TABLE payslip IS 'two
\!lines; and a :USER';
""",
    "memberships/afterMigrate__010_path.sql": """
CREATE SCHEMA IF NOT EXISTS aside;
SET search_path = aside;
GRANT scripted TO kept;
""",
    "data/dev/afterMigrate__010_data.sql": """
CREATE TABLE IF NOT EXISTS where_am_i (id integer, note text);
DELETE FROM where_am_i;
INSERT INTO where_am_i VALUES (1, 'a;b'), (2, $q$it's :USER \\d$q$);
""",
    "data/dev/afterMigrate__020_outside.sql": """-- roost: transaction = off
CREATE INDEX CONCURRENTLY IF NOT EXISTS payslip_index ON payslip (id);
""",
}
MARIADB = {
    "roles/afterMigrate__010_roles.sql": r"""-- roost: touches = scripted, guarded, kept
CREATE ROLE IF NOT EXISTS scripted;
GRANT SELECT ON payslip TO scripted;
DELIMITER //
CREATE OR REPLACE PROCEDURE greeting(who VARCHAR(20))
BEGIN
    -- a comment; with \! and its 'quote
    SELECT CONCAT('hi;', who, '\\', "d//") AS said;
END
//
DELIMITER ;
BEGIN NOT ATOMIC
    IF NOT EXISTS (SELECT 1 FROM mysql.user WHERE user = 'guarded' AND is_role = 'Y') THEN CREATE ROLE guarded; END IF;
END;
""",
    "memberships/afterMigrate__010_mode.sql": """
SET SESSION sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES';
GRANT scripted TO kept;
""",
    "data/dev/afterMigrate__010_data.sql": r"""
CREATE TABLE IF NOT EXISTS notes (id INTEGER, note VARCHAR(40));
DELETE FROM notes;
INSERT INTO notes VALUES (1, 'a;b'), (2, "it's \\! -- no"), (3, '
source hacked
');
""",
}
SQLITE = {
    "roles/afterMigrate__010_roles.sql": """-- roost: touches = scripted
INSERT OR IGNORE INTO roost_role (name) VALUES ('scripted');
CREATE TABLE IF NOT EXISTS notes (id INTEGER, note TEXT);
CREATE TRIGGER IF NOT EXISTS noted AFTER INSERT ON notes BEGIN
    UPDATE notes SET note = note || ';' WHERE id = NEW.id;
END;
""",
    "data/dev/afterMigrate__010_data.sql": """
DELETE FROM notes;
INSERT INTO notes VALUES (1, 'a;b'), (2, '
.shell touch hacked
/
go
');
""",
}
SCRIPTS = {"postgresql": POSTGRESQL, "mariadb": MARIADB, "sqlite": SQLITE}


def begin(stage: Stage, name: str) -> None:
    """The same beginning for both."""
    engine = stage.engine
    names = [odd for odd in HOSTILE if odd not in REFUSED.get(name, ())]
    engine.sql("main", "".join(engine.state(words) for words in [*STATE, ["user", *MANY]]))
    roles = "".join(f"{_toml(role)} = {{}}\n" for role in names)
    memberships = "".join(f"{_toml(role)} = [\"alice\", {_toml(after)}]\n" for role, after in zip(names, names[1:]))
    texts = {
        "roost.toml": PROJECT.format(roles=roles),
        "environments/dev.toml": ENVIRONMENT.format(
            database=f"[database]\n{engine.settings('main')}", memberships=memberships, many=", ".join(map(_toml, MANY))
        ),
    } | {f"callbacks/{name}/{path}": text for path, text in SCRIPTS[name].items()}
    for path, text in texts.items():
        (stage.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (stage.folder / path).write_text(text, encoding="utf-8")


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def run(stage: Stage, *words: str, status: int) -> None:
    outcome = stage.run(words)
    if outcome.status != status:
        raise Unmet(f"exit status {status} is due\n{outcome}")


def client(command: list[str], script: Path, on_input: bool) -> None:
    with script.open("rb") as text:
        done = subprocess.run(command, stdin=text if on_input else subprocess.DEVNULL, capture_output=True, text=True, cwd=script.parent)
    if done.returncode != 0:
        raise Unmet(f"{command} ended with {done.returncode}\n{done.stdout}{done.stderr}\n{_numbered(script)}")


def _numbered(script: Path) -> str:
    return "".join(f"{n:4} {line}" for n, line in enumerate(script.read_text(encoding="utf-8").splitlines(True), 1))


class PostgreSQL:
    """psql and pg_dump of the server's own version."""

    def __init__(self, stage: Stage) -> None:
        self._url = re.sub(r"^jdbc:", "", stage.engine.url("main"))

    def play(self, script: Path) -> None:
        client(["psql", "-X", "-q", "-d", self._url, "-f", str(script)], script, on_input=False)

    def dump(self) -> list[str]:
        globals_ = _output(["pg_dumpall", "--globals-only", "-d", self._url])
        whole = _output(["pg_dump", "-N", "roost", "-d", self._url])
        return [line for line in (globals_ + whole).splitlines() if not re.match(r"\\(un)?restrict ", line)]


class MariaDB:
    def __init__(self, stage: Stage) -> None:
        self._engine, self._name = stage.engine, stage.engine.name("main")
        server = urlsplit(stage.engine.url("main").removeprefix("jdbc:"))
        user = parse_qs(server.query)["user"][0]
        self._where = ["--no-defaults", "-h", server.hostname, "-P", str(server.port), "-u", user]

    def play(self, script: Path) -> None:
        asked = ["--binary-mode", "--comments", "--default-character-set=utf8mb4"]
        client(["mariadb", *self._where, *asked, self._name], script, on_input=True)

    def dump(self) -> list[str]:
        lines = [re.sub(r'"password_last_changed": *\d+', "", line) for line in self._engine.catalogue("main", False)]
        options = ["--routines", "--skip-dump-date", "--default-character-set=utf8mb4"]
        return lines + _output(["mariadb-dump", *self._where, *options, self._name]).splitlines()


class SQLite:
    def __init__(self, stage: Stage) -> None:
        self._file = stage.folder / stage.engine.name("main")

    def play(self, script: Path) -> None:
        client(["sqlite3", "-batch", str(self._file)], script, on_input=True)

    def dump(self) -> list[str]:
        with sqlite3.connect(self._file) as connection:
            text = list(connection.iterdump())
        ledger = re.compile(r'(CREATE|INSERT).*?\b"?roost_(ledger|run|step|hold)', re.DOTALL)
        return sorted(statement for statement in text if not ledger.match(statement))


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


NATIVE = {"postgresql": PostgreSQL, "mariadb": MariaDB, "sqlite": SQLite}


def outcome_of(target: str, binary: Path, settle: Callable[[Stage, object], None]) -> list[str]:
    """From the same beginning."""
    name = engines.engine_of(target)
    with stage_on(target, binary) as stage:
        begin(stage, name)
        native = NATIVE[name](stage)
        settle(stage, native)
        if any(path.name == "hacked" for path in stage.folder.rglob("*")):
            raise Unmet("a command was smuggled into the client")
        return native.dump()


def by_apply(stage: Stage, native) -> None:
    run(stage, "apply", "-e", "dev", "--adopt", status=0)


def by_script(stage: Stage, native) -> None:
    before = native.dump()
    run(stage, "plan", "-e", "dev", "--adopt", "--report", "plan.sql", status=2)
    if native.dump() != before:
        raise Unmet("a plan changes nothing")
    native.play(stage.folder / "plan.sql")
    if kept := os.environ.get("ROOST_TEST_KEEP"):
        shutil.copy(stage.folder / "plan.sql", kept)


def main(target: str, roost: str) -> int:
    if reason := engines.profile(target).missing():
        print(f"skipped: {reason}")
        return engines.SKIPPED
    binary = Path(roost).resolve()
    try:
        applied, scripted = (outcome_of(target, binary, settle) for settle in (by_apply, by_script))
    except Unmet as unmet:
        print(unmet)
        return 1
    difference = list(unified_diff(applied, scripted, "apply", "the script", lineterm="", n=0))
    print("\n".join(difference[:200]) or f"the same, {len(applied)} lines of it")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
