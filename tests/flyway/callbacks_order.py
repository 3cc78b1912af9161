#!/usr/bin/python3
"""Which files of a folder are callbacks, and in which order they run: roost against the real Flyway, in the same folder.

    callbacks_order.py TARGET ROOST
"""

import re

from flyway_project import Project, need, play

TARGETS = "sqlite"
FOLDER = "callbacks/any/data"
RUN = [
    "afterMigrate.sql", "afterMigrate__010_roles.sql", "afterMigrate__9_nine.sql", "afterMigrate__10_ten.sql",
    "afterMigrate__Zed.sql", "afterMigrate__alpha.sql", "afterMigrate__alpha-1.sql", "afterMigrate__alpha_1.sql",
    "afterMigrate__with blank.sql", "afterMigrate__with_blank_2.sql", "afterMigrate__a__b.sql", "afterMigrate___three.sql",
    "afterMigrate__end_.sql", "afterMigrate__ lead.sql", "afterMigrate__trail .sql", "afterMigrate__caf\u00e9.sql",
    "afterMigrate__cafe\u0301.sql", "afterMigrate__\u65e5\u672c.sql", "afterMigrate__\uff21.sql", "afterMigrate__\U0001f600.sql",
    "afterMigrate__dots.in.it.sql", "afterMigrate__twice.sql.sql", "afterMigrate__.hidden.sql", "afterMigrate__upper.SQL",
    "afterMigrate__title.Sql", "afterMigrate__%41.sql", "afterMigrate__plus+.sql", "afterMigrate__#hash.sql",
    "afterMigrate__it's.sql", "afterMigrateApplied.sql", "afterMigrateApplied__z.sql", "afterMigrateApplied__a.sql",
    "dev/afterMigrate__015_below.sql", "dev/afterMigrateApplied__b.sql",
]  # fmt: skip
# Neither runs them.
PASSED_OVER = [".afterMigrate__dot.sql", "README.md"]
REFUSED = [
    "afterMigrate_single.sql", "aftermigrate__lower.sql", "AFTERMIGRATE__upper.sql", "AfterMigrate__title.sql",
    "afterMigrate__text.txt", "afterMigrate__old.sql.bak", "afterMigrate__old.sql~", "afterMigrate-dash.sql",
    "afterMigrateX__y.sql", "afterMigrate.dot.sql", "afterMigrate .sql", " afterMigrate__lead.sql", "afterMigrate__plus+.sql.conf",
]  # fmt: skip
# What Flyway runs and roost refuses, so that nobody takes it for a part of the run.
NOT_ROOSTS = {
    "afterEachMigrate__e.sql": "an event of Flyway's that roost has no place for",
    "afterVersioned__v.sql": "the same",
    "V9__next.sql": "a migration",
}
# Folders in which the order would be open, or two files are one callback.
TWICE = [
    ["afterMigrate__a.sql", "dev/afterMigrate__a.sql"],
    ["afterMigrate.sql", "afterMigrate__.sql"],
]


def check(project: Project) -> None:
    project.write(
        {
            "roost.toml": '[project]\nname = "payroll"\n',
            "environments/dev.toml": f'[database]\nurl = "{project.url()}"\n',
            "flyway.toml": f'[environments.default]\nurl = "{project.url()}"\n'
            f'[flyway]\nlocations = ["filesystem:sql", "filesystem:{FOLDER}"]\n',
            "sql/V1__told.sql": "CREATE TABLE told (turn INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT);",
        }
    )
    odd = [*PASSED_OVER, *REFUSED, *NOT_ROOSTS]
    put(project, [*RUN, *odd])
    migrated = project.flyway("migrate")
    need(migrated.status == 0, "Flyway migrates", migrated)
    theirs = [name for name in told(project) if name not in NOT_ROOSTS]
    need(sorted(theirs) == sorted(RUN), f"Flyway runs {sorted(theirs)}")
    need(set(told(project)) >= set(NOT_ROOSTS), f"Flyway runs {sorted(NOT_ROOSTS)}")

    refused = project.roost("plan", "-e", "dev", "--format", "json")
    need(refused.status == 64, "odd names are refused", refused)
    places = {error["place"]["file"].removeprefix(FOLDER + "/") for error in refused.json()["runs"][0]["errors"]}
    need(places == {*REFUSED, *NOT_ROOSTS}, f"roost refuses {sorted(places)}", refused)

    for name in odd:
        (project.folder / FOLDER / name).unlink()
    project.engine.sql("main", "DELETE FROM told;")
    applied = project.roost("apply", "-e", "dev")
    need(applied.status == 0, "roost runs the others", applied)
    need(told(project) == theirs, f"Flyway runs\n{theirs}\nand roost\n{told(project)}")
    for names in TWICE:
        check_twice(project, names)


def check_twice(project: Project, names: list[str]) -> None:
    for path in (project.folder / FOLDER).rglob("*.*"):
        path.unlink()
    put(project, names)
    theirs = project.flyway("migrate")
    need(theirs.status == 1 and "more than 1 SQL callback script" in theirs.err, f"Flyway refuses {names}", theirs)
    ours = project.roost("plan", "-e", "dev")
    need(ours.status == 64, f"roost refuses {names}", ours)


def put(project: Project, names: list[str]) -> None:
    """Each tells its name, but Flyway's settings of a script, which are none of SQL."""
    for name in names:
        text = f"INSERT INTO told (what) VALUES ('{name.replace(chr(39), chr(39) * 2)}');"
        project.write({f"{FOLDER}/{name}": "executeInTransaction=true" if name.endswith(".conf") else text})


def told(project: Project) -> list[str]:
    rows = re.findall(r"told: \((\d+), ['\"](.*)['\"]\)", "\n".join(project.engine.catalogue("main", False)))
    return [name for _, name in sorted((int(turn), name) for turn, name in rows)]


if __name__ == "__main__":
    play(check)
