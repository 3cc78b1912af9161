#!/usr/bin/python3
"""Starts two applies together, twenty times: they never interleave, and each ends well or says who holds the lock.

    two_at_once.py TARGET ROOST main|other

The second one applies to the same database (main), or to another of the same server (other).
"""

import os
import re
import sys
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "support"))
os.environ["ASAN_OPTIONS"] = "detect_leaks=0"  # the scenarios look for leaks; here they would cost a third of the time

import engines
from expectations import Outcome
from language import read, words
from stage import Stage, stage_on

TIMES = 20
FIXTURE = Path(__file__).with_name("two.txt")
ENVIRONMENTS = {"main": ("dev", "hr"), "other": ("other", "staff")}  # database -> environment, role
REFUSED = re.compile(r"(first|second).* since \S*20\d\d-\d\d-\d\d")


def check_round(stage: Stage, databases: list[str], wait: int) -> None:
    for database in set(databases):
        stage.engine.sql(database, stage.engine.state(words(f"grant {ENVIRONMENTS[database][1]} to mallory")))
    since = log_position(stage)
    outcomes = apply_together(stage, databases, wait)

    assert any(outcome.status == 0 for outcome in outcomes), f"neither ended well: {outcomes[0]}\n{outcomes[1]}"
    for outcome in outcomes:
        refused = outcome.status == 3 and REFUSED.search(outcome.err)
        assert outcome.status == 0 or refused, f"neither done nor told who holds the lock: {outcome}"
    for outcome, database in zip(outcomes, databases):
        if outcome.status == 0:
            members = stage.engine.members(database, ENVIRONMENTS[database][1])
            assert members == {"alice", "bob"}, f"{database} has {members}"
    if since is not None:
        check_statements(stage, since)


def apply_together(stage: Stage, databases: list[str], wait: int) -> list[Outcome]:
    processes = []
    for actor, database in zip(("first", "second"), databases):
        command = ["apply", "-e", ENVIRONMENTS[database][0], "--actor", actor, "--lock-timeout", str(wait)]
        processes.append(stage.launch(command))
    return [stage.finish(process) for process in processes]


def log_position(stage: Stage) -> int | None:
    try:
        return stage.engine.log_position()
    except engines.CannotDo:
        return None  # the ledger tells, in check_ledger


def check_statements(stage: Stage, since: int) -> None:
    """In the order of the server's log, the changes of one connection stand together."""
    changes = [sent for sent in stage.engine.sent(since) if stage.engine.changes(sent.sql)]
    assert changes, "the log holds no change"
    for group in [None] if stage.engine.shared_roles else {sent.database for sent in changes}:
        blocks = [
            process for process, _ in groupby(sent.process for sent in changes if group in (None, sent.database))
        ]
        assert len(blocks) == len(set(blocks)), f"connections interleaved: {blocks}"


def check_ledger(stage: Stage, environment: str) -> None:
    """A run of the ledger ended before the next one started."""
    history = stage.run(["history", "-e", environment, "--format", "json"]).json()["runs"][0]["history"]
    runs = sorted(history, key=lambda run: run["id"])
    assert all(run["state"] == "done" for run in runs), runs
    for before, after in zip(runs, runs[1:]):
        assert before["ended_at"] <= after["started_at"], f"runs overlap: {before}, {after}"


def check(stage: Stage, databases: list[str]) -> None:
    for section in read(FIXTURE).sections:
        stage.play(section)
    for database in set(databases):
        first = stage.run(["apply", "-e", ENVIRONMENTS[database][0]])
        assert first.status == 0, first
    for number in range(TIMES):
        check_round(stage, databases, wait=0 if number % 2 else 30)
    for database in set(databases):
        check_ledger(stage, ENVIRONMENTS[database][0])


def main(target: str, roost: str, second: str) -> int:
    if reason := engines.profile(target).missing():
        print(f"skipped: {reason}")
        return engines.SKIPPED
    try:
        with stage_on(target, Path(roost).resolve()) as stage:
            check(stage, ["main", second])
    except engines.CannotDo as reason:
        print(f"skipped: {reason}")
        return engines.SKIPPED
    except AssertionError as problem:
        print(problem)
        return 1
    print(f"two at once, {TIMES} times: never interleaved")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
