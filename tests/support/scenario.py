#!/usr/bin/python3
"""Runs scenarios: text files that say what roost does. tests/conformance/README.md describes their language.

    scenario.py run TARGET ROOST FILE ...    exit status 0: as described; 1: not; 77: skipped, with the reason
    scenario.py table [FILE ...]             which scenario runs on which target, and why the others do not
    scenario.py outcomes FOLDER              the same table with what came of each, as `run` left it there

Where ROOST_TEST_OUTCOMES names a folder, `run` leaves there what came of each conformance scenario.
"""

import sys
from pathlib import Path

import table
from engines import SKIPPED, CannotDo
from expectations import Unmet
from language import Malformed, Scenario, read
from stage import Stage, stage_on

CONFORMANCE = Path(__file__).resolve().parent.parent / "conformance"


def run(target: str, roost: Path, path: Path) -> int:
    scenario = read(path)
    table.record(target, scenario, "failed: it did not end")
    status, outcome = _outcome(scenario, target, roost)
    table.record(target, scenario, outcome)
    print(f"{outcome}\n{'FAILED' if status == 1 else 'on'} {target}: {scenario.title}")
    return status


def _outcome(scenario: Scenario, target: str, roost: Path) -> tuple[int, str]:
    if reason := table.skip_reason(scenario, target):
        return SKIPPED, f"skipped: {reason}"
    try:
        with stage_on(target, roost) as stage:
            _play(scenario, stage)
    except CannotDo as reason:
        return SKIPPED, f"skipped: {reason}"
    except Unmet as unmet:
        return 1, f"failed: {unmet}"
    return 0, "passed"


def _play(scenario: Scenario, stage: Stage) -> None:
    for section in scenario.sections:
        try:
            stage.play(section)
        except Unmet as unmet:
            raise Unmet(f"{scenario.path}:{unmet.line or section.line}: {unmet}") from None


def main(arguments: list[str]) -> int:
    match arguments:
        case ["run", target, roost, *paths] if paths:
            return max(run(target, Path(roost).resolve(), Path(path)) for path in paths)
        case ["table", *paths]:
            scenarios = [read(Path(path)) for path in paths or sorted(CONFORMANCE.rglob("*.txt"))]
            print("\n".join(table.planned(scenarios)))
            return 0
        case ["outcomes", folder]:
            scenarios = [read(path) for path in sorted(CONFORMANCE.rglob("*.txt"))]
            print("\n".join(table.outcomes(scenarios, Path(folder))))
            return 0
    print(__doc__)
    return 64


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Malformed as error:
        sys.exit(str(error))
