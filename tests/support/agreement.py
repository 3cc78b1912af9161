#!/usr/bin/python3
"""What `roost plan` says of callback scripts, against what `roost apply` then does: tests/agreement/<engine>/*.sql.

    agreement.py play TARGET ROOST FOLDER [SCRIPT ...]   leaves the table in FOLDER/agreement-TARGET.txt; exit status 1: a
                                                         verdict is WRONG
    agreement.py docs FOLDER                             the tables that are there, as docs/agreement.md

Each script plays as a role script in a database of its own, where hr has alice, staff has nobody, bob is a user as well, and
there is a table rates. A file of the same name that ends in .toml holds memberships to declare beside it.

| verdict | means |
|---|---|
| agree | apply did what was predicted, and no more |
| opaque | a statement was listed as not understood, with its place; what was predicted of the others happened |
| refused | plan exits as a refused one, and apply changed nothing |
| may fail | apply failed where the plan warned that it may |
| not of roles | apply failed in a statement that predicts no role: rights and data are not predicted |
| WRONG | anything else |
"""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import engines
from engines import SKIPPED, CannotDo
from expectations import Outcome
from stage import Stage, stage_on

SCRIPTS = Path(__file__).resolve().parent.parent / "agreement"
BEFORE = ["user alice bob", "role hr staff", "grant hr to alice", "table rates"]
ORDER = ["postgresql", "postgresql16", "postgresql17", "postgresql18", "sqlserver", "oracle", "mariadb", "sqlite"]


@dataclass
class Graph:
    principals: dict[str, str]  # "role" or "user"
    members: dict[str, dict[str, bool]] = field(default_factory=dict)  # whether WITH ADMIN

    def lines(self) -> list[str]:
        made = [f"{kind} {name}" for name, kind in self.principals.items()]
        return made + [
            f"{role}: {member}{' (admin)' if admin else ''}"
            for role, members in self.members.items()
            for member, admin in members.items()
        ]


@dataclass
class Row:
    script: str
    predicted: str
    rehearsed: str
    did: str
    verdict: str


def read_graph(stage: Stage) -> Graph:
    graph = Graph(stage.engine.principals("main"))
    for role, kind in graph.principals.items():
        members = stage.engine.members("main", role) if kind == "role" else None
        if members:
            graph.members[role] = {name.removesuffix(" (admin)"): name.endswith(" (admin)") for name in members}
    return graph


def played(start: Graph, lines: list[dict], spelled) -> Graph:
    """The graph as it would be after the lines of a plan."""
    graph = Graph(dict(start.principals), {role: dict(members) for role, members in start.members.items()})
    for line in lines:
        role, member = spelled(line.get("role") or line.get("user") or ""), spelled(line.get("member") or "")
        members = graph.members.setdefault(role, {})
        admin = (line.get("options") or {}).get("admin")
        match line["change"]:
            case "create" | "create_user":
                graph.principals[role] = "user" if "user" in line else "role"
            case "drop":
                graph.principals.pop(role, None)
                graph.members.pop(role, None)
                for others in graph.members.values():
                    others.pop(role, None)
            case "grant":
                members[member] = bool(admin) or members.get(member, False)
            case "alter" if admin is not None and member in members:
                members[member] = admin
            case "revoke":
                members.pop(member, None)
    return graph


def difference(before: Graph, after: Graph) -> str:
    old, new = before.lines(), after.lines()
    gone = [f"-{line}" for line in old if line not in new]
    come = [f"+{line}" for line in new if line not in old]
    return ", ".join(sorted(gone) + sorted(come)) or "nothing"


def project(stage: Stage, script: Path) -> None:
    declared = script.with_suffix(".toml")
    memberships = f"[memberships]\n{declared.read_text(encoding='utf-8')}" if declared.exists() else ""
    engine = engines.engine_of(stage.target)
    files = {
        "roost.toml": '[project]\nname = "payroll"\n',
        "environments/dev.toml": f"[database]\n{stage.engine.settings('main')}\n{memberships}",
        f"callbacks/{engine}/roles/afterMigrate__010_script.sql": script.read_text(encoding="utf-8"),
    }
    for name, text in files.items():
        path = stage.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for line in BEFORE:
        stage.engine.sql("main", stage.engine.state(line.split()))


def play(stage: Stage, script: Path) -> Row:
    project(stage, script)
    before = read_graph(stage)
    spelled = getattr(stage.engine, "word", str)
    planned = stage.run(["plan", "-e", "dev", "--format", "json"])
    run = planned.json()["runs"][0]
    lines = run.get("lines", [])
    predicted = played(before, [line for line in lines if line["evidence"] == "predicted"], spelled)
    opaque = [place(line["place"]) for line in lines if line["change"] is None]
    rehearsed = rehearse(stage, before, spelled)
    applied = stage.run(["apply", "-e", "dev", "--format", "json"])
    after = read_graph(stage)
    did = difference(before, after) if applied.status == 0 else f"failed: {difference(before, after)}"
    verdict = judge(stage, planned, run, opaque, difference(before, predicted), applied, difference(before, after))
    exact = "; " not in rehearsed  # else it saw what is no role and no membership, a log-in or a right
    if exact and rehearsed not in ("", "refused", difference(before, after)) and applied.status == 0:
        verdict = "WRONG"
    said = difference(before, predicted) if planned.status in (0, 2) else "refused: " + run["errors"][0]["message"]
    return Row(script.stem, said + (f"; opaque: {', '.join(opaque)}" if opaque else ""), rehearsed, did, verdict)


def rehearse(stage: Stage, before: Graph, spelled) -> str:
    """What a rehearsal saw, "refused" where it stopped, "" where there is none."""
    if not stage.engine.transactional:
        return ""
    outcome = stage.run(["plan", "-e", "dev", "--rehearse", "--format", "json"])
    run = outcome.json()["runs"][0] if outcome.out else {}
    if outcome.status not in (0, 2):
        return "refused" if "rehearsal" in run else ""
    if not (run.get("rehearsal") or {}).get("done"):
        return ""
    seen = [line for line in run["lines"] if line["evidence"] == "rehearsed"]
    changes = difference(before, played(before, [line for line in seen if line["change"]], spelled))
    others = [line["text"] for line in seen if not line["change"]]
    return "; ".join([changes, *others])


def judge(
    stage: Stage, planned: Outcome, run: dict, opaque: list[str], predicted: str, applied: Outcome, did: str
) -> str:
    if planned.status not in (0, 2):
        return "refused" if applied.status != 0 and did == "nothing" else "WRONG"
    if applied.status == 0:
        agrees = happened(predicted, did) if opaque else predicted == did
        return "WRONG" if not agrees else "opaque" if opaque else "agree"
    failed = [place(error["place"]) for error in applied.json()["runs"][0]["errors"] if error.get("place")]
    warned = [place(finding["place"]) for finding in run["findings"] if finding["code"] == "may-fail"]
    if stage.engine.transactional and did != "nothing":
        return "WRONG"
    if set(failed) & set(opaque):
        return "opaque"
    if set(failed) & set(warned):
        return "may fail"
    said = [place(line["place"]) for line in run.get("lines", [])]
    return "WRONG" if set(failed) & set(said) else "opaque" if opaque else "not of roles"


def happened(predicted: str, did: str) -> bool:
    """Each change that was predicted is among what apply did; "nothing" is no change."""
    return predicted == "nothing" or set(predicted.split(", ")) <= set(did.split(", "))


def place(given: dict) -> str:
    return f"{given.get('line', '?')}:{given.get('column', '?')}"


def table(target: str, rows: list[Row]) -> list[str]:
    def cell(text: str) -> str:
        return text.replace("|", "\\|")

    lines = [
        f"## {target}: {engines.profile(target).verified()}",
        "",
        "| script | predicted | rehearsed | apply did | verdict |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        lines.append(f"| {' | '.join(map(cell, (row.script, row.predicted, row.rehearsed, row.did, row.verdict)))} |")
    return lines


def play_all(target: str, roost: Path, folder: Path, chosen: list[str]) -> int:
    if reason := engines.profile(target).missing():
        print(f"skipped: {reason}")
        return SKIPPED
    rows = []
    for script in sorted((SCRIPTS / engines.engine_of(target)).glob("*.sql")):
        if chosen and script.stem not in chosen:
            continue
        with stage_on(target, roost) as stage:
            rows.append(play(stage, script))
    lines = table(target, rows)
    print("\n".join(lines))
    if not chosen:
        (folder / f"agreement-{target}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if any(row.verdict == "WRONG" for row in rows) else 0


def docs(folder: Path) -> str:
    head = __doc__.split("\n\n")
    parts = ["# What plan says, and what apply then does", head[2].strip(), head[3].strip()]
    parts[1] = f"Callback scripts of each engine, good and bad, are in tests/agreement/. {parts[1]}"
    parts.append("`+role x` is a role that was made, `-hr: alice` a membership that was taken away. Made by tests/support/agreement.py.")
    for target in ORDER:
        path = folder / f"agreement-{target}.txt"
        if path.exists():
            parts.append(path.read_text(encoding="utf-8").strip())
    return "\n\n".join(parts)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["play", target, roost, folder, *chosen]:
            try:
                return play_all(target, Path(roost).resolve(), Path(folder), chosen)
            except CannotDo as reason:
                print(f"skipped: {reason}")
                return SKIPPED
        case ["docs", folder]:
            print(docs(Path(folder)))
            return 0
    print(__doc__)
    return 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
