#!/usr/bin/env python3
"""Kills a run with SIGKILL before or after each of its statements in turn; the next run must put everything right.

    kill.py ENGINE ROOST ROOST_FAULTY before|after

ROOST_FAULTY is roost with a fault built in: ROOST_FAULT=before:N kills it before its Nth statement, after:N after it,
and count:FILE writes into FILE how many statements a run sends.
"""

import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))

import engines
from language import read
from stage import Stage

FIXTURE = Path(__file__).with_name("kill.txt")
DECLARED = {"hr": {"alice", "bob (admin)"}, "guineapigs": {"hr"}}
APPLY = ["apply", "-e", "dev", "--adopt", "--format", "json"]


@contextmanager
def fresh_stage(engine: str, roost: Path):
    with tempfile.TemporaryDirectory(prefix="roost-kill-") as folder:
        stage = Stage(Path(folder), roost, engine, engines.profile(engine)(Path(folder)))
        try:
            for section in read(FIXTURE).sections:
                stage.play(section)
            yield stage
        finally:
            stage.close()


def count_statements(engine: str, faulty: Path) -> int:
    with fresh_stage(engine, faulty) as stage:
        outcome = stage.run(APPLY, {"ROOST_FAULT": "count:statements"})
        assert outcome.status == 0, outcome
        return int((stage.folder / "statements").read_text())


def is_declared(stage: Stage) -> bool:
    return {role: stage.engine.members("main", role) for role in DECLARED} == DECLARED


def check_kill(engine: str, roost: Path, faulty: Path, fault: str) -> None:
    with fresh_stage(engine, faulty) as stage:
        killed = stage.run(APPLY, {"ROOST_FAULT": fault})
        assert killed.status == -signal.SIGKILL, f"was not killed: {killed}"
        had_committed = is_declared(stage)

        stage.roost = roost
        second = stage.run(APPLY)
        assert second.status == 0, second
        assert is_declared(stage), f"the second run left something undone: {second}"
        check_history(stage, had_committed)

        third = stage.run(APPLY)
        assert third.status == 0, third
        changes = [line for line in third.json()["runs"][0]["lines"] if line["evidence"] == "declared"]
        assert not changes, f"the third run still found something to do: {changes}"


def check_history(stage: Stage, had_committed: bool) -> None:
    """The second run is done; the killed one is told as what it was, or is not there because it had not yet started."""
    history = stage.run(["history", "-e", "dev", "--format", "json"]).json()["runs"][0]["history"]
    states = [run["state"] for run in history]
    truth = [["done", "done"]] if had_committed else [["done", "abandoned"], ["done"]]
    assert states in truth, f"the ledger says {states}; the killed run had {'' if had_committed else 'not '}committed"


def main(engine: str, roost: str, faulty: str, side: str) -> int:
    if reason := engines.profile(engine).missing():
        print(f"skipped: {reason}")
        return 77
    roost_path, faulty_path = Path(roost).resolve(), Path(faulty).resolve()
    statements = count_statements(engine, faulty_path)
    failures = 0
    for number in range(1, statements + 1):
        try:
            check_kill(engine, roost_path, faulty_path, f"{side}:{number}")
        except AssertionError as problem:
            failures += 1
            print(f"killed {side} statement {number} of {statements}: {problem}\n")
    print(f"killed {side} each of {statements} statements, {failures} times in vain")
    return 1 if failures or not statements else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
