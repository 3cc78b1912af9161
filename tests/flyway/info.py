#!/usr/bin/python3
"""`roost history --migrations` against the real `flyway info -outputType=json`, row by row.

    info.py TARGET ROOST

A project goes through every state of a migration that Flyway's free edition can reach there, and both list it.
"""

import json
import os
import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

from flyway_project import Project, need, play

# Where DDL is not transactional a failed migration leaves a row; all else SQLite shows.
TARGETS = "mariadb sqlite"
# Of Flyway's states those that no test here can reach, and why.
OUT_OF_REACH = {
    "Undone": "needs undo migrations, which the free edition leaves out",
    "Available": "needs undo migrations, which the free edition leaves out",
}
STATES = {
    *("Pending", "Below Baseline", "Baseline", "Ignored (Baseline)", "Ignored", "Missing", "Failed (Missing)", "Success"),
    *("Failed", "Out of Order", "Future", "Failed (Future)", "Outdated", "Above Target", "Superseded", "Deleted"),
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
readme.sql readme.md .V39__hidden.sql
""".split()


class Migrations:
    """One part's migrations and database, in the project's folder, and both programs called on them."""

    def __init__(self, project: Project, part: str) -> None:
        self._project, self._url = project, project.url(part)
        self.folder = project.folder
        shutil.rmtree(self.folder / "sql", ignore_errors=True)
        (self.folder / "sql").mkdir()
        project.write({"roost.toml": '[project]\nname = "info"\n', "environments/dev.toml": "[policy]\nprotected = false\n"})
        self.aim("")

    def aim(self, target: str) -> None:
        """What Flyway's configuration says of a target; empty: nothing."""
        aim = f'target = "{target}"\n' if target else ""
        text = f"""[environments.dev]
url = {json.dumps(self._url)}
[flyway]
environment = "dev"
locations = ["filesystem:sql"]
{aim}[flyway.placeholders]
who = "hr"
"""
        self._project.write({"flyway.toml": text})

    def put(self, *names: str, sql: str = "SELECT 1;\n") -> None:
        self._project.write({f"sql/{name}": f"-- {name}\n{sql}" for name in names})

    def remove(self, *names: str) -> None:
        for name in names:
            (self.folder / "sql" / name).unlink()

    def flyway(self, *arguments: str, fails: bool = False) -> dict:
        outcome = self._project.flyway(*arguments, "-outputType=json")
        need((outcome.status != 0) == fails, f"flyway {' '.join(arguments)}", outcome)
        return outcome.json()

    def roost(self) -> dict:
        outcome = self._project.roost("history", "-e", "dev", "--migrations", "--format", "json")
        return outcome.json()["runs"][0]

    def history(self) -> list[tuple[int, str, int | None]]:
        """Rank, script and checksum of every row, of SQLite."""
        with closing(sqlite3.connect(self.folder / self._url.removeprefix("jdbc:sqlite:"))) as connection:
            return connection.execute(
                "SELECT installed_rank, script, checksum FROM flyway_schema_history ORDER BY 1"
            ).fetchall()


class Comparison:
    def __init__(self, target: str) -> None:
        self._target = target
        self.states: Counter[str] = Counter()
        self.wrong: list[str] = []

    def equal(self, what: str, project: Migrations) -> dict:
        """What both list now, row by row; gives what roost said."""
        theirs = [_flyway_row(row, project.folder) for row in project.flyway("info")["migrations"]]
        run = project.roost()
        need(not run["errors"], f"{what}: roost: {run['errors']}")
        ours = [_roost_row(row) for row in run["migrations"]]
        for number in range(max(len(theirs), len(ours))):
            pair = [rows[number] if number < len(rows) else None for rows in (theirs, ours)]
            if pair[0] != pair[1]:
                self.wrong.append(f"{what}, row {number + 1}:\n  flyway {pair[0]}\n  roost  {pair[1]}")
        found = Counter(row["state"] for row in theirs)
        self.states += found
        said = ", ".join(f"{count} {state}" for state, count in sorted(found.items()))
        print(f"{self._target}: {what}: {len(theirs)} rows: {said}")
        return run

    def checksums(self, what: str, project: Migrations) -> None:
        """What roost tells of rows and of files, against what Flyway has written for each."""
        rows = {row["rank"]: row for row in project.roost()["migrations"] if row["rank"] is not None}
        compared = 0
        for rank, script, checksum in project.history():
            row = rows.get(rank)  # DELETE rows of versions are not listed
            if row and row["checksum"] != checksum:
                self.wrong.append(f"{what}: row {rank}: {row['checksum']}, in the table {checksum}")
            if row and row["file"] and row["state"] in ("Success", "Out of Order"):
                compared += 1
                if row["file_checksum"] != checksum:
                    self.wrong.append(f"{what}: {script}: {row['file_checksum']}, by Flyway {checksum}")
        if not compared:
            self.wrong.append(f"{what}: no file's checksum was compared")
        print(f"{self._target}: {what}: checksums of {compared} files, and of all rows")

    def end(self, expected: set[str]) -> list[str]:
        print(f"{self._target}: reached: {', '.join(sorted(self.states))}")
        missed = expected - self.states.keys()
        return self.wrong + ([f"not reached, though they can be here: {', '.join(sorted(missed))}"] if missed else [])


def _flyway_row(row: dict, folder: Path) -> dict:
    words = ("category", "version", "description", "type", "state")
    return {
        **{word: row[word] for word in words},
        "file": row["filepath"].removeprefix(f"{folder}/"),
        "by": row["installedBy"],
        "on": _milliseconds(row["installedOnUTC"]),
    }


def _roost_row(row: dict) -> dict:
    words = ("category", "version", "description", "type", "state", "file")
    return {**{word: row[word] for word in words}, "by": row["installed_by"], "on": _milliseconds(row["installed_on"])}


def _milliseconds(moment: str) -> str:
    """The databases' clocks are in UTC here, as is the time of the test."""
    return datetime.fromisoformat(moment.removesuffix("Z")).isoformat(timespec="milliseconds") if moment else ""


def life(project: Migrations, comparison: Comparison) -> None:
    """A project that grows, loses files, is repaired and migrated out of order."""
    project.flyway("baseline", "-baselineVersion=2", "-baselineDescription=old tables")
    project.put("V1__below.sql", "V2__at_baseline.sql", "V3__first.sql", "V5__gone.sql", "V6__deleted.sql")
    project.put("V6.5__deleted_for_good.sql", "V7__changed.sql", "V8_0__kept.sql", "V9__nine.sql", "R__views.sql")
    project.put("R__kept.sql", "R__dropped.sql", "R__deleted.sql")
    project.put("R__who.sql", sql="SELECT '${who} $${who} ${WHO}';\n")
    project.flyway("migrate")
    project.remove("V6__deleted.sql", "V6.5__deleted_for_good.sql", "R__deleted.sql")
    project.put("V3__first.sql", sql="SELECT 2;\n")
    project.flyway("repair")
    project.put("V4__late.sql", "V6__deleted.sql", "V10__later.sql")
    project.put("R__views.sql", sql="SELECT 2;\n")
    project.flyway("migrate", "-outOfOrder=true")
    comparison.checksums("after migrating out of order", project)
    project.remove("V5__gone.sql", "V10__later.sql", "R__dropped.sql")
    project.put("V3.5__ignored.sql", "R__new.sql", "U3__first.sql", "V9.5__ignored_too.sql", "B1__base.sql")
    project.put("V7__changed.sql", "R__kept.sql", sql="SELECT 2;\n")
    run = comparison.equal("with files gone, changed and new", project)
    changed = [finding["place"]["file"] for finding in run["findings"] if finding["code"] == "migration-changed"]
    if changed != ["sql/V7__changed.sql"]:
        comparison.wrong.append(f"changed are {changed}")
    project.put("V99__script.sh", "B100__base.sql", "B9__base.sql", "V101__more.sql")
    run = comparison.equal("with later files", project)
    for target in "100", "current":
        project.aim(target)
        comparison.equal(f"with the target {target}", project)
    project.aim("")
    told = {row["script"]: row["file_checksum"] for row in run["migrations"]}
    project.flyway("repair")
    repaired = {script: checksum for _, script, checksum in project.history()}
    if repaired["V7__changed.sql"] != told["V7__changed.sql"]:
        comparison.wrong.append(f"repaired to {repaired['V7__changed.sql']}, roost said {told['V7__changed.sql']}")


def failures(project: Migrations, comparison: Comparison) -> None:
    """Where DDL is not transactional a failed migration leaves a row."""
    project.put("V1__one.sql", "V2__two.sql")
    project.put("V3__fails.sql", sql="SELECT x FROM nowhere;\n")
    project.flyway("migrate", fails=True)
    comparison.equal("after a failure", project)
    project.remove("V3__fails.sql")
    comparison.equal("with the file that failed gone", project)
    project.put("V4__more.sql")
    comparison.equal("with a later file", project)
    project.flyway("repair")
    project.put("R__fails.sql", sql="SELECT x FROM nowhere;\n")
    project.flyway("migrate", fails=True)
    comparison.equal("after a repeatable failed", project)


def built(project: Migrations, comparison: Comparison) -> None:
    """A database that a baseline migration has built."""
    project.put("V1__one.sql", "V2__two.sql", "V3__three.sql", "B2__all.sql", "R__views.sql", "V4__four.sql")
    project.flyway("migrate")
    project.put("V2.5__late.sql", "B3__all.sql", "V5__five.sql")
    comparison.equal("built from a baseline migration", project)
    comparison.checksums("built from a baseline migration", project)


def names(project: Migrations, comparison: Comparison) -> None:
    """Files of every kind of name, none of them run."""
    project.flyway("migrate")  # makes the history
    project.put(*(name.replace("|", " ") for name in NAMES))
    comparison.equal(f"{len(NAMES)} odd names", project)
    project.put("deep/V1.2.0__again.sql")
    error = project.flyway("info", fails=True)["error"]
    said = project.roost()["errors"]
    both = ("sql/V1.2__a.sql", "sql/deep/V1.2.0__again.sql")
    if error["errorCode"] != "DUPLICATE_VERSIONED_MIGRATION" or len(said) != 1:
        comparison.wrong.append(f"one version twice: flyway {error}, roost {said}")
    elif not all(path in error["message"] and path in json.dumps(said) for path in both):
        comparison.wrong.append(f"one version twice: flyway {error['message']}, roost {said}")


def contents(project: Migrations, comparison: Comparison) -> None:
    """Text of every kind, hashed."""
    texts = {
        "V01__plain.sql": "select 1;\nselect 2;\n",
        "V02__crlf.sql": "select 1;\r\nselect 2;\r\n",
        "V03__cr.sql": "select 1;\rselect 2;\r",
        "V04__no_last.sql": "select 1;\nselect 2;",
        "V05__bom.sql": "\ufeffselect 1;\nselect 2;\n",
        "V06__empty.sql": "",
        "V07__bom_alone.sql": "\ufeff",
        "V08__bom_inside.sql": "-- x\n\ufeff-- y\nselect 1;\n",
        "V09__odd_ends.sql": "-- a\u0085b\u2028c\x0cd\r\r\n-- e\n\rselect 1;\r\n\r\n",
        "V10__wide.sql": "-- \U0001f426 \u00e9 e\u0301\nselect 1;\n",
        "V11__placeholder.sql": "select '${who}';\n",
        "V12__shell.sh": "# ${who}\ntrue\n",
        "R__bom.sql": "\ufeffselect '${who}';\r\n",
        "R__dollars.sql": "-- $$${who} $${who}${who} $$$${who} {$}{who} ${who}$ $${nope} $${\nselect 1;\n",
        "R__own.sql": "-- ${flyway:filename} ${flyway:table} ${flyway:environment} ${FLYWAY:workingDirectory}\nselect 1;\n",
        "R__shell.sh": "# ${who}\ntrue\n",
        "R__empty.sql": "",
    }
    for name, text in texts.items():
        (project.folder / "sql" / name).write_text(text, encoding="utf-8", newline="")
    project.flyway("migrate")
    comparison.checksums("odd contents", project)


# What each engine goes through, and the states that it must have been seen in.
LIFE = STATES - OUT_OF_REACH.keys() - {"Failed", "Failed (Missing)", "Failed (Future)"}
PLAYS = {
    "sqlite": ([life, built, names, contents], LIFE),
    "mariadb": ([failures], {"Success", "Pending", "Failed", "Failed (Missing)", "Failed (Future)"}),
}


def check(project: Project) -> None:
    comparison = Comparison(project.target)
    parts, expected = PLAYS[project.target]
    for part in parts:
        part(Migrations(project, part.__name__), comparison)
    for state, reason in OUT_OF_REACH.items():
        print(f"NOT REACHED: {state}: {reason}")
    wrong = comparison.end(expected)
    need(not wrong, "\n".join(wrong))


if __name__ == "__main__":
    os.environ["TZ"] = "UTC"
    play(check)
