#!/usr/bin/python3
"""`roost import` from a database with 300 roles made by hand, odd names among them: the next plan is empty.

    imports.py TARGET ROOST
"""

import sys
import tomllib
from pathlib import Path

import engines
from engines import CannotDo
from expectations import Unmet
from stage import Stage, stage_on

ODD = [
    "Mixed Case", "with blank", " begins with one", "it's", "back\\slash", "dollar$1", "semi;colon", "comma,name", "dot.name",
    "br[ack]et", "${x}", "$(x)", "&x", ":x", "hash#tag", "percent%", "a/b", "-dash", "--comment", "/*comment*/", "key = value",
    "[roles]", "roles", "member", "true", "123", "1979-05-27", "select", "user", "group", "table", "from", "grant", "null",
    "caf\u00e9", "cafe\u0301", "\u65e5\u672c\u8a9e", "\u202eright to left", "zero\u200bwidth", "tab\tname", "two\nlines", "GO\nGO",
    "<script>alert(1)</script>", "\u001b[31mred", "x" * 63, "\N{PARTY POPPER} party", 'qu"ote', "a@b",
]  # fmt: skip
# What the engine has no such roles of, or roost's rules for names there refuse.
IMPOSSIBLE = {
    "mariadb": {"\N{PARTY POPPER} party", "a@b", "null"},
    "oracle": {'qu"ote'},
    "sqlserver": set(),
}
PLAIN = [f"r{n:03}" for n in range(1, 261)]
USERS = [f"u{n:02}" for n in range(1, 41)]
EXTRA = {
    "postgresql": [
        "CREATE ROLE quiet LOGIN NOINHERIT; GRANT r001, r002 TO quiet",
        "CREATE ROLE chief LOGIN CREATEROLE; GRANT r003 TO chief WITH ADMIN OPTION; GRANT r004 TO chief WITH ADMIN OPTION",
        "SET ROLE chief; GRANT r003 TO u01, u02; RESET ROLE; GRANT r003 TO u01",
        "CREATE ROLE almighty LOGIN SUPERUSER; GRANT r005 TO almighty; GRANT u01 TO u02",
        "CREATE ROLE powerful NOLOGIN SUPERUSER; GRANT r006 TO powerful; GRANT pg_monitor TO r006; GRANT r007 TO pg_monitor",
        "COMMENT ON ROLE r008 IS 'the \"first\" line\nand the 2nd \\ \U0001f389'",
        "CREATE ROLE of_others NOLOGIN; COMMENT ON ROLE of_others IS 'roost: another/dev/payroll'; GRANT of_others TO u01",
    ],
    "mariadb": [
        "CREATE USER odd@'192.0.2.%', 'Odd One'@localhost, `with@sign`@'%'",
        "GRANT r001 TO odd@'192.0.2.%', 'Odd One'@localhost, `with@sign`@'%'",
        "GRANT r002 TO u01 WITH ADMIN OPTION; SET DEFAULT ROLE r002 FOR u01@'%'",
        "CREATE ROLE `role@sign`; GRANT `role@sign` TO u02; GRANT r007 TO `role@sign`",
    ],
}
SINCE_16 = [
    "GRANT r009 TO u01 WITH INHERIT FALSE; GRANT r009 TO u02 WITH SET FALSE; GRANT r009 TO quiet WITH INHERIT TRUE",
    "GRANT r003 TO u01 WITH INHERIT FALSE GRANTED BY chief",
]
# Roles that are left out, and roles whose members are; of those made here.
LEFT_OUT = {"postgresql": {"powerful", "of_others"}, "mariadb": {"role@sign"}}
UNDECLARED = {"postgresql": {"r007"}, "mariadb": {"r007"}}


def fill(stage: Stage, target: str) -> list[str]:
    """The roles by hand: each plain one in the one after the next, users in all; some may hand them on."""
    engine, name = stage.engine, engines.engine_of(target)
    roles = PLAIN + [odd for odd in ODD if odd not in IMPOSSIBLE.get(name, ())]
    script = engine.state(["user", *USERS]) + engine.state(["role", *roles])
    for n, role in enumerate(roles):
        members = [USERS[n % len(USERS)], USERS[(n * 7 + 3) % len(USERS)], *roles[n + 2 : n + 3]]
        script += engine.state(["grant", role, "to", *dict.fromkeys(members)]) if n % 9 else ""
        if engine.admin_option and n % 20 == 10:
            script += engine.state(["grant", role, "to", USERS[(n * 7 + 4) % len(USERS)], "with", "admin"])
    engine.sql("main", script)
    later = SINCE_16 if name == "postgresql" and target != "postgresql" else []
    for statement in EXTRA.get(name, []) + later:
        engine.sql("main", statement)
    return roles


def draft(stage: Stage) -> list[str]:
    """The words that say where: a URL, or an environment that has its [database] already, where only that is possible."""
    try:
        return ["--url", stage.engine.url("main"), "--name", "by hand"]
    except CannotDo:
        (stage.folder / "environments").mkdir()
        (stage.folder / "roost.toml").write_bytes(b"# kept\n[project]\nname = 'by hand'")
        (stage.folder / "environments/live.toml").write_bytes(f"[database]   # kept\n{stage.engine.settings('main')}".encode())
        return []


def roost(stage: Stage, *words: str, status: int) -> dict:
    outcome = stage.run([*words, "--format", "json"])
    if outcome.status != status:
        raise Unmet(f"exit status {status} is due\n{outcome}")
    return outcome.json()["runs"][0]


def need(holds: bool, what: str) -> None:
    if not holds:
        raise Unmet(what)


def files(stage: Stage) -> dict[str, bytes]:
    return {str(p.relative_to(stage.folder)): p.read_bytes() for p in stage.folder.rglob("*.toml")}


def check(stage: Stage, target: str) -> None:
    name = engines.engine_of(target)
    roles = fill(stage, target)
    words, before = draft(stage), files(stage)
    unchanged = stage.engine.catalogue("main", True)
    done = roost(stage, "import", "-e", "live", *words, status=0)
    texts = files(stage)
    need(set(texts) == {"roost.toml", "environments/live.toml"}, f"files: {sorted(texts)}")
    need(all(texts[path].startswith(text) for path, text in before.items()), "what was there is kept")
    project, live = (tomllib.loads(texts[path].decode()) for path in ("roost.toml", "environments/live.toml"))
    check_names(done, set(project["roles"]), set(live["memberships"]), roles, name)

    for command in "plan", "check":
        run = roost(stage, command, "-e", "live", status=0)
        need(run["lines"] == [] and not run["differs"] and not run["errors"], f"{command} is empty: {run['lines'][:5]}")
    need(stage.engine.catalogue("main", True) == unchanged, "import, plan and check change nothing")

    roost(stage, "import", "-e", "live", status=64)
    need(files(stage) == texts, "an import that is refused writes nothing")

    taken = roles[1]
    stage.engine.sql("main", stage.engine.state(["revoke", taken, "from", USERS[1]]))
    lines = roost(stage, "plan", "-e", "live", status=2)["lines"]
    found = [(line["role"].lower(), line["member"].lower()) for line in lines if line["change"] == "grant"]
    need(found == [(taken, USERS[1])], f"a change by hand is seen: {lines}")
    need({line["change"] for line in lines} <= {"grant", "mark"}, f"and nothing else: {lines}")


def check_names(done: dict, roles: set[str], filled: set[str], made: list[str], name: str) -> None:
    out, kept = LEFT_OUT.get(name, set()), UNDECLARED.get(name, set())
    spelled = {role: {role, f'"{role}"'} for role in made}  # exactly, or as an engine that folds names wants it
    missing = [role for role in made if not spelled[role] & roles]
    need(not missing, f"all roles are imported, not {missing}")
    need(not roles & out, f"left out: {roles & out}")
    unfilled = {role for role in made if not spelled[role] & filled}
    need(unfilled == kept, f"members are declared of all but {kept}, not of all but {unfilled}")
    told = " ".join(finding["message"] for finding in done["findings"] if finding["code"] == "left-out")
    need(all(role in told for role in out | kept), f"what is left out is told: {told}")


def main(target: str, binary: str) -> int:
    if reason := engines.profile(target).missing():
        print(f"skipped: {reason}")
        return engines.SKIPPED
    with stage_on(target, Path(binary).resolve()) as stage:
        try:
            check(stage, target)
        except Unmet as unmet:
            print(unmet)
            return 1
    print("the next plan is empty")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
