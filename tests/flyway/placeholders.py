#!/usr/bin/python3
"""What becomes of placeholders in a script: roost against the real Flyway, which run the same file one after the other.

    placeholders.py TARGET ROOST
"""

import sqlite3

from flyway_project import Project, need, play

TARGETS = "sqlite"
FOLDER = "callbacks/any/data"
SCRIPT = f"{FOLDER}/afterMigrate__forms.sql"
FLYWAY = """[environments.dev]
url = "{url}"
[flyway]
environment = "dev"
locations = ["filesystem:sql", "filesystem:{folder}"]
{more}
[flyway.placeholders]
name = "Acme"
holds = "${{name}} <<name>>"
dollar = '$1 $0 \\1 $'
empty = ""
"with.dot" = "dot"
with-dash = "dash"
"with blank" = "blank"
"with:colon" = "colon"
Statement = "INSERT INTO seen VALUES (90, '${{name}}');"
"""
FORMS = [
    "${name}", "${NAME} ${Name}", "a${name}${name}b", "${name} ${name}", "${holds}", "${dollar}", "[${empty}]", "${name}}",
    "{${name}}", "$name {name} $ {name} $$ {} }", "!{name} #[name] %{name}", "\\${name}", "'${name}'", "${with.dot}",
    "${with-dash}", "${with blank}", "${with:colon}", "${flyway:table}", "${FLYWAY:TABLE}", "${flyway:environment}",
    "${flyway:defaultSchema}", "${flyway:filename}", "[${flyway:user}]", "${flyway:workingDirectory}", "é${name}é",
]  # fmt: skip
OTHERS = "-- ${name} in a comment\n/* ${name}; */ INSERT INTO seen VALUES (91, 'x'); -- ${empty}\n${statement}\n"
# To Flyway a $ before a placeholder makes it none, and stays; so no script can hold a literal ${name}. To roost the $ is an
# escape, and goes.
ESCAPED = {"$${name}": "${name}", "a $${unknown} b": "a ${unknown} b"}
WRONG = ["${unknown}", "${na${name}me}", "${flyway:nope}"]
OWN = 'placeholderPrefix = "<<"\nplaceholderSuffix = ">>"\nplaceholderSeparator = "."'
OWN_FORMS = ["<<name>>", "<<NAME>>>", "<<holds>>", "${name} $${name}", "<name> >>", "<<flyway.table>>"]


def check(project: Project) -> None:
    project.write(
        {
            "roost.toml": '[project]\nname = "payroll"\n',
            "environments/dev.toml": "# Flyway has everything.\n[policy]\nprotected = false\n",
            "sql/V1__seen.sql": "CREATE TABLE seen (n INTEGER PRIMARY KEY, what TEXT);",
        }
    )
    theirs, ours = both(project, FORMS, OTHERS)
    need(len(theirs) == len(FORMS) + 2, f"Flyway wrote {theirs}")
    need(theirs == ours, f"Flyway wrote\n{theirs}\nand roost\n{ours}")

    theirs, ours = both(project, list(ESCAPED))
    need(list(theirs.values()) == list(ESCAPED), f"Flyway leaves a $ before a placeholder as it is: {theirs}")
    need(list(ours.values()) == list(ESCAPED.values()), f"roost takes it for an escape: {ours}")

    theirs, ours = both(project, OWN_FORMS, more=OWN)
    need(theirs == ours, f"with a prefix and suffix of one's own Flyway wrote\n{theirs}\nand roost\n{ours}")
    for form in WRONG:
        put(project, [form])
        for outcome, status in (project.flyway("migrate"), 1), (project.roost("apply", "-e", "dev"), 64):
            need(outcome.status == status and "placeholder" in outcome.err, f"{form} is refused", outcome)


def both(project: Project, forms: list[str], rest: str = "", more: str = "") -> tuple[dict, dict]:
    put(project, forms, rest, more)
    migrated = project.flyway("migrate")
    need(migrated.status == 0, "Flyway runs the file", migrated)
    theirs = taken(project)
    applied = project.roost("apply", "-e", "dev")
    need(applied.status == 0, "roost runs the file", applied)
    return theirs, taken(project)


def put(project: Project, forms: list[str], rest: str = "", more: str = "") -> None:
    rows = "".join(f"INSERT INTO seen VALUES ({n}, '{form.replace(chr(39), chr(39) * 2)}');\n" for n, form in enumerate(forms))
    project.write({SCRIPT: rows + rest, "flyway.toml": FLYWAY.format(url=project.url(), folder=FOLDER, more=more)})


def taken(project: Project) -> dict[int, str]:
    """The rows of the table, which is left empty."""
    with sqlite3.connect(project.folder / project.engine.name("main")) as connection:
        rows = dict(connection.execute("SELECT n, what FROM seen ORDER BY n").fetchall())
        connection.execute("DELETE FROM seen")
        return rows


if __name__ == "__main__":
    play(check)
