#!/usr/bin/python3
"""docs/report.schema.json against what roost prints: every command's JSON fits it, and nothing that is a little off does.

    reports_fit_schema.py ROOST

The scenarios hold each `--format json` of theirs against the schema, too.
"""

import copy
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import engines
from expectations import Unmet
from report_schema import jsonschema, problem
from stage import Stage, stage_on

OPTIONAL = {"line", "column", "sqlstate", "native", "admin", "inherit", "set", "default_role"}
PROJECT = """[project]
name = "payroll"
[roles]
hr = { description = "the HR department" }
[toggles.new_payroll]
owner = "payroll team"
[toggles.not_there]
"""
ENVIRONMENT = """[database]
url = "{url}"
[memberships]
hr = ["alice", {{ member = "bob", admin = true }}]
[toggles.new_payroll]
on = ["hr"]
"""
STATE = [["user", "alice", "bob", "eve"], ["role", "hr", "new_payroll"], ["grant", "hr", "to", "eve"]]
COMMANDS = """plan -e dev
plan -e dev --adopt --rehearse
apply -e dev --adopt
check -e dev
member -e dev hr alice
explain -e dev alice new_payroll
history -e dev --steps
history -e dev --migrations
status -e dev
status --all
engines
plan -e nowhere
plan -e broken
status -e broken
init --engine sqlite -C fresh
import -e live -C fresh --url jdbc:sqlite:../main.db
render -e dev rendered
status -e dev --all
no_such_command"""


def documents(stage: Stage) -> Iterator[tuple[str, dict]]:
    (stage.folder / "environments").mkdir()
    (stage.folder / "fresh").mkdir()
    (stage.folder / "roost.toml").write_text(PROJECT, encoding="utf-8")
    (stage.folder / "environments/dev.toml").write_text(ENVIRONMENT.format(url=stage.engine.url("main")), encoding="utf-8")
    (stage.folder / "environments/broken.toml").write_text("[database]\nurl = 1\n", encoding="utf-8")
    script = stage.folder / "callbacks/sqlite/data/dev/afterMigrate__010_data.sql"
    script.parent.mkdir(parents=True)
    script.write_text("CREATE TABLE IF NOT EXISTS seen (id INTEGER);\n", encoding="utf-8")
    stage.engine.sql("main", "".join(stage.engine.state(words) for words in STATE))
    for command in COMMANDS.splitlines():
        outcome = stage.run([*command.split(), "--format", "json"])
        try:
            yield command, outcome.json()
        except ValueError:
            raise Unmet(f"no JSON\n{outcome}") from None


def mutants(value, path: str = "$") -> Iterator[tuple[str, object]]:
    """The document with one thing wrong each: a key too many, one gone, a value of another type."""
    if isinstance(value, dict):
        yield f"{path} with a key too many", value | {"surplus": 1}
        for key in value.keys() - OPTIONAL:
            yield f"{path} without {key}", {name: kept for name, kept in value.items() if name != key}
        for key, held in value.items():
            yield f"{path}.{key} of another type", value | {key: {"surplus": 1}}
            for what, mutant in mutants(held, f"{path}.{key}"):
                yield what, value | {key: mutant}
    elif isinstance(value, list):
        for n, held in enumerate(value[:2]):
            for what, mutant in mutants(held, f"{path}[{n}]"):
                yield what, [*value[:n], mutant, *value[n + 1 :]]


def check(stage: Stage) -> list[str]:
    problems, rejected = [], 0
    for command, document in documents(stage):
        if not document["command"] and command not in ("status -e dev --all", "no_such_command"):
            problems.append(f"{command}: was not understood")
        text = json.dumps(document)
        if found := problem(text):
            problems.append(f"{command}: {found}")
        for what, mutant in mutants(copy.deepcopy(document)):
            if problem(json.dumps(mutant)):
                rejected += 1
            else:
                problems.append(f"{command}: the schema takes {what}")
    if rejected < 1000:
        problems.append(f"only {rejected} documents that are a little off were tried")
    return problems


def main(roost: str) -> int:
    if not jsonschema:
        print("skipped: python3-jsonschema is not installed")
        return engines.SKIPPED
    with stage_on("sqlite", Path(roost).resolve()) as stage:
        problems = check(stage)
    print("\n".join(problems) or "every report fits, and none that is a little off")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
