#!/usr/bin/python3
"""The rendered callbacks, run by the real Flyway, against `roost apply`: the same role graph.

    rendered.py TARGET ROOST

Roles belong to the server on some engines, so the worked example is played twice, one after the other from the same
beginning: apply, then Flyway. It is looked at below the version that the toggle needs, above it, and once more after
somebody has changed memberships by hand.
"""

import re
import shutil
import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import engines
from expectations import Unmet
from flyway_project import Project, missing, need
from stage import REPOSITORY, Stage, stage_on

ENVIRONMENT = """{database}
[placeholders]
feature = "new_payroll"
[memberships]
hr = ["alice", MEMBER]
payroll_reader = ["hr"]
[toggles.new_payroll]
on = ["hr", "bob"]
[policy]
protected = false
"""
BOB = {"mariadb": '{ member = "bob", admin = true, default_role = true }'}
BY_HAND = [["grant", "guineapigs", "to", "carol"], ["revoke", "guineapigs", "from", "hr"]]
# What makes the role graph, of all that a profile's catalogue has; and what of its lines differs by chance.
LINES = {
    "postgresql": (r"role |membership of ", r"\b(oid|roleid|member|grantor)=\d+ ?"),
    "mariadb": (r"roles_mapping: |global_priv: ", r'"password_last_changed": *\d+,? ?'),
    "sqlite": (r"roost_role: |roost_role_member: ", r"'roost: [^']*'|''"),
}


def graph(stage: Stage, engine: str) -> list[str]:
    counts, chance = LINES[engine]
    lines = stage.engine.catalogue("main", ledger=False)
    return sorted(re.sub(chance, "", line) for line in lines if re.match(counts, line))


def project(stage: Stage, engine: str) -> None:
    shutil.copy(REPOSITORY / "roost.toml", stage.folder)
    callbacks = stage.folder / "callbacks" / engine
    shutil.copytree(REPOSITORY / "callbacks" / engine, callbacks)
    for folder in callbacks.glob("*/demo"):  # SQLite's people and settings are of the demo's environment
        folder.rename(folder.with_name("dev"))
    (stage.folder / "environments").mkdir()
    member = BOB.get(engine, '{ member = "bob", admin = true }')
    text = stage._filled(ENVIRONMENT).replace("MEMBER", member)
    (stage.folder / "environments" / "dev.toml").write_text(text, encoding="utf-8")


def tables(engine: str) -> str:
    """Those of the example, without Flyway's history, which Flyway makes itself."""
    text = (REPOSITORY / "environments" / f"payroll-{engine}.sql").read_text(encoding="utf-8")
    return re.split(r'(?m)^CREATE TABLE ["`]flyway_schema_history', text)[0]


def done(stage: Stage, *arguments: str) -> None:
    outcome = stage.run(arguments)
    if outcome.status != 0:
        raise Unmet(f"{' '.join(arguments)}: exit status {outcome.status}\n{outcome.out}{outcome.err}")


def by_hand(stage: Stage) -> None:
    stage.engine.sql("main", "".join(stage.engine.state(words) for words in BY_HAND))


def applied(stage: Stage, engine: str) -> Iterator[list[str]]:
    stage.engine.sql("main", tables(engine))
    for version in "1", "2":
        stage.engine.sql("main", stage.engine.state(["history", version]))
        done(stage, "apply", "-e", "dev")
        yield graph(stage, engine)
    by_hand(stage)
    done(stage, "apply", "-e", "dev")
    yield graph(stage, engine)


def migrated(stage: Stage, engine: str) -> Iterator[list[str]]:
    done(stage, "render", "-e", "dev", "sql")
    (stage.folder / "sql" / "V1__employees.sql").write_text(tables(engine), encoding="utf-8")
    (stage.folder / "sql" / "V2__new_payroll.sql").write_text("CREATE TABLE payroll_run (id INTEGER);\n", encoding="utf-8")
    for target in "1", "latest":
        migrate(stage, target)
        yield graph(stage, engine)
    by_hand(stage)
    migrate(stage, "latest")
    yield graph(stage, engine)


def migrate(stage: Stage, target: str) -> None:
    words = f"-url={stage.engine.url('main')}", f"-locations=filesystem:{stage.folder}/sql", f"-target={target}"
    ran = Project(stage).flyway(*words, "migrate")
    called = ran.status == 0 and "Executing SQL callback: afterMigrate - roost 40 memberships" in ran.out
    need(called, "flyway migrate", ran)


def looked_at(target: str, roost: Path, play) -> list[list[str]]:
    engine = engines.engine_of(target)
    with stage_on(target, roost) as stage:
        project(stage, engine)
        return list(play(stage, engine))


def main(target: str, roost: Path) -> int:
    if reason := missing(target):
        print(f"skipped: {reason}")
        return engines.SKIPPED
    wanted, found = (looked_at(target, roost.absolute(), play) for play in (applied, migrated))
    if wanted[0] == wanted[1]:
        raise Unmet("the toggle did not follow the version: nothing is shown")
    for when, (one, other) in zip(["below the version", "above it", "changed by hand"], zip(wanted, found), strict=True):
        if one != other:
            difference = unified_diff(one, other, "roost apply", "flyway migrate", lineterm="", n=0)
            raise Unmet(f"the role graphs differ, {when}:\n" + "\n".join(difference))
    print("the same role graph three times")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], Path(sys.argv[2])))
    except Unmet as unmet:
        sys.exit(f"failed: {unmet}")
