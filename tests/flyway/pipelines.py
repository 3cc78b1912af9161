#!/usr/bin/python3
"""The files and the shell of docs/flyway.md's pipelines, taken out of the page and run.

    pipelines.py TARGET ROOST
"""

import re
from pathlib import Path
from textwrap import dedent

from flyway_project import Project, need, play

TARGETS = "sqlite"
PAGE = Path(__file__).resolve().parents[2] / "docs/flyway.md"
PEOPLE = """-- roost: touches = alice, bob
INSERT OR IGNORE INTO roost_role (name, login) VALUES ('alice', 1), ('bob', 1);
"""


def check(project: Project) -> None:
    page = PAGE.read_text(encoding="utf-8")
    files = files_of(page)
    pipelines = {
        ".github/workflows/database.yml": commands_after(files, ".github/workflows/database.yml", r"run: \|\n((?: {10}.*\n)+)"),
        ".gitlab-ci.yml": commands_after(files, ".gitlab-ci.yml", r"script:\n((?: {4}- .*\n)+)"),
        "Jenkinsfile": commands_after(files, "Jenkinsfile", r"\bsh '(?:'')?((?:[^']|\n)+?)'"),
    }
    lay_out(project, files)
    for name, commands in pipelines.items():
        need(len(commands) == 2, f"{name} plans and migrates: {commands}")
        project.engine.copy("migrated", "main")
        if name != ".github/workflows/database.yml":
            laid = project.roost("init", "--flyway")
            need(laid.status == 0 or "is there already" in laid.err, "roost lays its callbacks", laid)
        for shell in commands:
            outcome = project.shell(shell, {"GITHUB_STEP_SUMMARY": "summary.md"})
            need(outcome.status == 0, f"{name} runs", outcome)
        need(project.engine.members("main", "guineapigs") == {"hr"}, f"{name} did its work")
        need(project.engine.members("main", "hr") == {"alice", "bob"}, f"{name} did all of it")


def files_of(page: str) -> dict[str, str]:
    """Blocks whose first line is a comment with a file's name."""
    blocks = re.findall(r"^```(?:toml|yaml|groovy)\n(?:#|//) (\S+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return dict(blocks)


def commands_after(files: dict[str, str], name: str, pattern: str) -> list[str]:
    found = re.findall(pattern, files[name])
    return [re.sub(r"^- ", "", dedent(text).strip(), flags=re.MULTILINE) for text in found]


def lay_out(project: Project, files: dict[str, str]) -> None:
    """As the page has them, but for the database: SQLite has no accounts."""
    ours = re.sub(r'^url = .*\nuser = .*\npassword = .*$', f'url = "{project.url()}"', files["flyway.toml"], flags=re.MULTILINE)
    need(ours != files["flyway.toml"], "the page's flyway.toml has url, user and password")
    project.write({name: files[name] for name in ("roost.toml", "environments/staging.toml")})
    project.write(
        {
            "flyway.toml": ours,
            "sql/V1__payslips.sql": "CREATE TABLE payslip (id INTEGER);",
            "callbacks/sqlite/roles/afterMigrate__010_people.sql": PEOPLE,
        }
    )
    begun = project.flyway("-environment=staging", "migrate")
    need(begun.status == 0, "there is a database with a history", begun)
    project.engine.copy("main", "migrated")
    project.write({"sql/V2__rates.sql": "CREATE TABLE rates (id INTEGER);"})


if __name__ == "__main__":
    play(check)
