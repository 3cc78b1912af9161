#!/usr/bin/python3
"""roost as a script callback of the real Flyway, through the life of a project.

    callback.py TARGET ROOST

The database `main` is the environment dev: its history has another name and, where there are schemas, stands in another
one; `spare` begins with a baseline and meets two `flyway migrate` at once.
"""

import re
from collections import Counter

from flyway_project import Outcome, Project, need, play

PASSWORD = """p$w;o}r{d '1' "2" ${x}"""
VARIABLES = {"THE_PASSWORD": PASSWORD, "ROOST": "./watched-roost"}
# roost, while somebody looks at the list of processes.
WATCHED = """#!/bin/sh
roost "$@" &
cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' >>processes
wait $!
"""
HISTORY = "History of dev"
# What makes an account of one that creates roles, where the server has accounts: it may do everything, for a password.
ACCOUNT = {
    "mariadb": "GRANT ALL PRIVILEGES ON *.* TO with_password@'%' IDENTIFIED BY {} WITH GRANT OPTION;",
    "postgresql": "ALTER ROLE with_password SUPERUSER PASSWORD {};",
}
TAKE_OUT = {
    "mariadb": "BEGIN NOT ATOMIC IF EXISTS (SELECT 1 FROM mysql.roles_mapping WHERE Role = 'guineapigs' AND User = 'hr')"
    " THEN REVOKE guineapigs FROM hr; END IF; END;",
    "postgresql": "REVOKE guineapigs FROM hr;",
    "sqlite": "DELETE FROM roost_role_member WHERE role = 'guineapigs' AND member = 'hr';",
}
DEV = """[memberships]
hr = ["alice", "bob"]
guineapigs = ["hr"]
"""
SPARE = """[memberships]
auditors = ["alice"]
"""


def check(project: Project) -> None:
    lay_out(project)
    check_first(project)
    check_nothing_to_do(project)
    check_out_of_order(project)
    check_failure(project)
    check_repaired(project)
    check_baseline(project)
    check_refused(project)
    check_two_at_once(project)
    check_processes(project)


def lay_out(project: Project) -> None:
    engine, target = project.engine, project.target
    if target in ACCOUNT:
        engine.sql("main", engine.state(["creator", "with_password"]))
        engine.sql("main", ACCOUNT[target].format("'" + PASSWORD.replace("'", "''") + "'"))
    engine.sql("main", engine.state(["user", "alice", "bob", "mallory"]))
    if target == "sqlite":
        engine.sql("spare", engine.state(["user", "alice"]))
    told = f"{home(project)}.told"
    project.write(
        {
            "flyway.toml": settings(project),
            "roost.toml": '[project]\nname = "payroll"\n',
            "environments/dev.toml": DEV,
            "environments/spare.toml": SPARE,
            "callbacks/any/data/dev/afterMigrate__010.sql": f"INSERT INTO {told} VALUES ('every ${{Where}}');",
            "callbacks/any/data/dev/afterMigrateApplied__010.sql": f"INSERT INTO {told} VALUES ('applied ${{where}}');",
            f"callbacks/{target}/memberships/dev/afterMigrateError__010_out.sql": TAKE_OUT[target],
            "sql/dev/V1__told.sql": f"CREATE TABLE {told} (what VARCHAR(20));",
            "sql/dev/V2__rates.sql": f"CREATE TABLE {home(project)}.rates (id INTEGER);",
            "sql/spare/V1__never.sql": "SELECT * FROM nowhere;",
            "sql/spare/V6__next.sql": "CREATE TABLE next_one (id INTEGER);",
        }
    )
    init = project.roost("init", "--flyway", "sql/roost")
    need(init.status == 0, "roost lays its callbacks beside the migrations", init)
    project.write({"watched-roost": WATCHED})
    (project.folder / "watched-roost").chmod(0o755)


def home(project: Project) -> str:
    """The schema of the tables, where the history is not."""
    return {"mariadb": project.engine.name("main"), "postgresql": "public", "sqlite": "main"}[project.target]


def settings(project: Project) -> str:
    schema = {"mariadb": project.engine.name("audit"), "postgresql": "audit", "sqlite": "main"}[project.target]
    account = 'user = "with_password"\npassword = "${env.THE_PASSWORD}"\n' if project.target in ACCOUNT else ""
    urls = {"dev": project.url("main"), "spare": project.url("spare")}
    environments = "".join(
        f'[environments.{name}]\nurl = "{re.sub("[?]user=.*", "", url)}"\n{account}' for name, url in urls.items()
    )
    # SQLite's users are rows, and Flyway begins no history beside tables unless it is told to.
    begin = 'baselineOnMigrate = true\nbaselineVersion = "0"' if project.target == "sqlite" else ""
    return f"""{environments}
[flyway]
{begin}
[environments.dev.flyway]
table = "{HISTORY}"
defaultSchema = "{schema}"
[flyway.placeholders]
Where = "here"
"""


def migrate(project: Project, status: int, *words: str, environment: str = "dev") -> Outcome:
    outcome = project.flyway(*arguments(environment, *words), variables=VARIABLES)
    need(outcome.status == status, f"Flyway ends with {status} in {environment}", outcome)
    need(PASSWORD not in outcome.out + outcome.err, "the password is in no log", outcome)
    return outcome


def arguments(environment: str, *words: str) -> list[str]:
    folders = f"-locations=filesystem:sql/{environment},filesystem:sql/roost"
    return [f"-environment={environment}", folders, *words]


def told(project: Project) -> Counter:
    """How often which of roost's scripts ran in dev."""
    lines = [line for line in project.engine.catalogue("main", False) if re.search(r"told\W", line)]
    return Counter(found for line in lines for found in re.findall(r"(every|applied) here", line))


def check_first(project: Project) -> None:
    outcome = migrate(project, 0, "migrate")
    need(project.engine.members("main", "guineapigs") == {"hr"}, "roost did its work", outcome)
    need(project.engine.members("main", "hr") == {"alice", "bob"}, "and all of it", outcome)
    need(told(project) == Counter(every=1, applied=1), f"something was applied: {told(project)}", outcome)
    need("schema version 2" in outcome.out, "roost read the history that Flyway named", outcome)


def check_nothing_to_do(project: Project) -> None:
    project.engine.sql("main", project.engine.state(["grant", "hr", "to", "mallory"]))
    outcome = migrate(project, 0, "migrate")
    need("No migration necessary" in outcome.out, "there was nothing to migrate", outcome)
    need(told(project) == Counter(every=2, applied=1), f"afterMigrate alone ran: {told(project)}", outcome)
    need(project.engine.members("main", "hr") == {"alice", "bob"}, "what was granted by hand is taken back", outcome)


def check_out_of_order(project: Project) -> None:
    project.write(
        {
            "sql/dev/V1.5__late.sql": f"CREATE TABLE {home(project)}.late (id INTEGER);",
            "sql/dev/R__view.sql": f"CREATE VIEW {home(project)}.seen AS SELECT what FROM {home(project)}.told;",
        }
    )
    outcome = migrate(project, 0, "-outOfOrder=true", "migrate")
    need("schema version 2" in outcome.out, "1.5, applied later, is not the schema's version", outcome)
    need(told(project) == Counter(every=3, applied=2), f"the history moved on: {told(project)}", outcome)


def check_failure(project: Project) -> None:
    project.write({"sql/dev/V3__broken.sql": "CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1);"})
    outcome = migrate(project, 1, "-outOfOrder=true", "migrate")
    need("V3__broken.sql" in outcome.err, "Flyway's own account of the failure is there", outcome)
    need(project.engine.members("main", "guineapigs") == set(), "the afterMigrateError scripts took HR out", outcome)
    need(project.engine.members("main", "hr") == {"alice", "bob"}, "and did no more", outcome)
    need(told(project) == Counter(every=3, applied=2), "afterMigrate did not run", outcome)
    by_hand = project.roost("apply", "-e", "dev", "--event", "afterMigrateError", variables=VARIABLES)
    need(by_hand.status == 3, "roost itself says refused", by_hand)


def check_repaired(project: Project) -> None:
    project.write({"sql/dev/V3__broken.sql": f"CREATE TABLE {home(project)}.whole (id INTEGER);"})
    outcome = migrate(project, 0, "-outOfOrder=true", "repair", "migrate")
    need("schema version 3" in outcome.out, "the history is mended", outcome)
    need(project.engine.members("main", "guineapigs") == {"hr"}, "HR is back", outcome)
    need(told(project) == Counter(every=4, applied=3), f"all scripts ran again: {told(project)}", outcome)
    direct = project.roost("plan", "-e", "dev", variables=VARIABLES)
    need(direct.status == 0, "beside Flyway, with flyway.toml alone, roost finds the same", direct)


def check_baseline(project: Project) -> None:
    outcome = migrate(project, 0, "-baselineVersion=5", "baseline", "migrate", environment="spare")
    need("schema version 6" in outcome.out, "the migrations after the baseline ran", outcome)
    need(project.engine.members("spare", "auditors") == {"alice"}, "roost did its work", outcome)


def check_refused(project: Project) -> None:
    project.write({"environments/spare.toml": '[memberships]\nauditors = ["alice", "nobody"]\n'})
    outcome = migrate(project, 1, "migrate", environment="spare")
    need("nobody" in outcome.err, "what roost refuses makes Flyway fail, and is told", outcome)
    project.write({"environments/spare.toml": SPARE})


def check_two_at_once(project: Project) -> None:
    project.write({f"sql/spare/V{n}__more.sql": f"CREATE TABLE more_{n} (id INTEGER);" for n in range(7, 10)})
    begun = [project.launch_flyway(*arguments("spare", "migrate"), variables=VARIABLES) for _ in range(2)]
    outcomes = [project.finish(process) for process in begun]
    for outcome in outcomes:
        # On SQLite Flyway has no lock: the later one can find a table or row of the earlier one's.
        lost = project.target == "sqlite" and re.search("SQLITE_(BUSY|ERROR|CONSTRAINT)", outcome.err)
        need(outcome.status == 0 or bool(lost), "both migrate, in turns", outcome)
    need(any(outcome.status == 0 for outcome in outcomes), "one of them ends well", outcomes[0])
    need(project.engine.members("spare", "auditors") == {"alice"}, "roost did its work", outcomes[0])


def check_processes(project: Project) -> None:
    processes = (project.folder / "processes").read_text(encoding="utf-8", errors="replace")
    need("apply -e dev" in processes, f"the list was made while roost ran: {processes}")
    need("p$w;o}r{d" not in processes, "the password is in no list of processes")


if __name__ == "__main__":
    play(check)
