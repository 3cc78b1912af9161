#!/usr/bin/python3
"""Kills a run with SIGKILL before its first statement, between each two and after the last; the next run must put
everything right.

    kill.py TARGET ROOST ROOST_FAULTY

ROOST_FAULTY is roost with a fault built in: ROOST_FAULT=after:N kills it after its Nth statement, after:0 before the
first, and count:FILE writes into FILE how many statements a run sends.

Where role DDL rolls back, the killed run has left nothing or everything. Where it does not, its journal must be true:
what it calls done is there, what it does not tell was not done, and what was under way may be either.
"""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # the scenarios look for leaks; here they would cost a third of the time

import engines
from language import read
from stage import Stage, stage_on

FIXTURE = Path(__file__).with_name("kill.txt")
DECLARED = {
    "hr": {"alice", "bob (admin)"},
    "staff": {"alice", "bob", "carol"},
    "guineapigs": {"hr", "staff"},
}
APPLY = ["apply", "-e", "dev", "--adopt", "--format", "json"]


@contextmanager
def fresh_stage(target: str, roost: Path) -> Iterator[Stage]:
    with stage_on(target, roost) as stage:
        for section in read(FIXTURE).sections:
            stage.play(section)
        yield stage


class Undisturbed:
    """What a run does that nobody kills."""

    def __init__(self, target: str, faulty: Path) -> None:
        with fresh_stage(target, faulty) as stage:
            self.rows_before = rows(stage)
            outcome = stage.run(APPLY, {"ROOST_FAULT": "count:statements"})
            assert outcome.status == 0, outcome
            assert is_declared(stage), f"not as declared: {outcome}"
            self.statements = int((stage.folder / "statements").read_text())
            self.steps = [step["covers"] for step in history(stage)[0]["steps"]]
            unseen = [step for step in self.steps if is_visible(stage, step, self.rows_before) is False]
            assert self.steps and not unseen, f"done, and not to be seen: {unseen}"


def is_declared(stage: Stage) -> bool:
    plain = {role: {member.removesuffix(" (admin)") for member in members} for role, members in DECLARED.items()}
    declared = DECLARED if stage.engine.admin_option else plain
    return {role: stage.engine.members("main", role) for role in DECLARED} == declared


def rows(stage: Stage) -> list[str]:
    """What the data script changes."""
    return [line for line in stage.engine.catalogue("main", ledger=False) if "rates" in line.lower()]


def is_visible(stage: Stage, step: str, rows_before: list[str]) -> bool | None:
    """Whether the database shows that a step was done; None where it is a mark that only the ledger's owner reads."""
    if stage.engine.folds:
        step = step.lower()  # as a scenario writes the names
    if found := re.fullmatch(r"create role (\w+)", step):
        return stage.engine.members("main", found[1]) is not None
    if found := re.fullmatch(r"(grant|revoke) (\w+) (?:to|from) (\w+)(?: \(.*\)|, .*)?", step):
        members = stage.engine.members("main", found[2]) or set()
        return (found[3] in {member.split(" ")[0] for member in members}) == (found[1] == "grant")
    if step.endswith(".sql"):
        return rows(stage) != rows_before
    assert step.startswith(("take charge of role ", "set the comment of role ")), f"an unknown step: {step}"
    return None


def history(stage: Stage) -> list[dict]:
    """Runs, the last one first, with their steps."""
    return stage.run(["history", "-e", "dev", "--steps", "--format", "json"]).json()["runs"][0]["history"]


def check_kill(target: str, roost: Path, faulty: Path, fault: str, whole: Undisturbed) -> None:
    with fresh_stage(target, faulty) as stage:
        killed = stage.run(APPLY, {"ROOST_FAULT": fault})
        assert killed.status == -signal.SIGKILL, f"was not killed: {killed}"
        visible = {step for step in whole.steps if is_visible(stage, step, whole.rows_before)}
        everything = is_declared(stage)

        stage.roost = roost
        second = stage.run(APPLY)
        assert second.status == 0, second
        assert is_declared(stage), f"the second run left something undone: {second}"
        if stage.engine.transactional:
            check_all_or_nothing(history(stage), everything)
        else:
            check_journal(history(stage), visible, whole.steps)

        third = stage.run(APPLY)
        assert third.status == 0, third
        changes = [line for line in third.json()["runs"][0]["lines"] if line["evidence"] == "declared"]
        assert not changes, f"the third run still found something to do: {changes}"


def check_all_or_nothing(runs: list[dict], had_committed: bool) -> None:
    """The second run is done; the killed one is told as what it was, or is not there because it had not yet started."""
    states = [run["state"] for run in runs]
    truth = [["done", "done"]] if had_committed else [["done", "abandoned"], ["done"]]
    assert states in truth, f"the ledger says {states}; the killed run had {'' if had_committed else 'not '}committed"


def check_journal(runs: list[dict], visible: set[str], steps: list[str]) -> None:
    states = [run["state"] for run in runs]
    assert states in (["done"], ["done", "abandoned"], ["done", "done"]), f"the ledger says {states}"
    told = {step["covers"]: step["state"] for step in runs[1]["steps"]} if len(runs) == 2 else {}
    assert set(told.values()) <= {"done", "sent"}, told
    lies = [step for step, state in told.items() if state == "done" and step in seen(steps) and step not in visible]
    assert not lies, f"the journal calls done what is not: {lies}"
    assert not visible - told.keys(), f"done, and not in the journal: {visible - told.keys()}"
    if states == ["done", "done"]:
        assert visible == set(seen(steps)), f"the killed run had ended, and left undone {set(seen(steps)) - visible}"


def seen(steps: list[str]) -> list[str]:
    """The steps that the database shows."""
    return [step for step in steps if not step.startswith(("take charge", "set the comment"))]


def main(target: str, roost: str, faulty: str) -> int:
    if reason := engines.profile(target).missing():
        print(f"skipped: {reason}")
        return engines.SKIPPED
    roost_path, faulty_path = Path(roost).resolve(), Path(faulty).resolve()
    try:
        whole = Undisturbed(target, faulty_path)
    except engines.CannotDo as reason:
        print(f"skipped: {reason}")
        return engines.SKIPPED
    except AssertionError as problem:
        print(problem)
        return 1
    failures = 0
    for number in range(whole.statements + 1):
        try:
            check_kill(target, roost_path, faulty_path, f"after:{number}", whole)
        except AssertionError as problem:
            failures += 1
            print(f"killed after statement {number} of {whole.statements}: {problem}\n")
    print(f"killed around each of {whole.statements} statements, {failures} times in vain")
    return 1 if failures or not whole.statements else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
