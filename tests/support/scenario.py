#!/usr/bin/env python3
"""Runs scenarios: text files that say what roost does. tests/conformance/README.md describes their language.

    scenario.py run ENGINE ROOST FILE ...    exit status 0: as described; 1: not; 77: skipped, with the reason
    scenario.py table [FILE ...]             which scenario runs on which engine, and why the others do not
"""

import sys
import tempfile
from pathlib import Path

import engines
from engines import CannotDo
from expectations import Unmet
from language import Malformed, Scenario, read
from stage import Stage

SKIPPED = 77
TESTS = Path(__file__).resolve().parent.parent


def run(engine: str, roost: Path, path: Path) -> int:
    scenario = read(path)
    if reason := _skipped(scenario, engine):
        print(f"skipped: {reason}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="roost-scenario-") as folder:
        stage = Stage(Path(folder), roost, engine, engines.profile(engine)(Path(folder)))
        try:
            return _play(scenario, stage)
        except CannotDo as reason:
            print(f"skipped: {reason}")
            return SKIPPED
        finally:
            stage.close()


def _play(scenario: Scenario, stage: Stage) -> int:
    for section in scenario.sections:
        try:
            stage.play(section)
        except Unmet as unmet:
            print(f"{scenario.path}:{unmet.line or section.line}: {unmet}\n\nFAILED on {stage.name}: {scenario.title}")
            return 1
    print(f"as described, on {stage.name}: {scenario.title}")
    return 0


def table(paths: list[Path]) -> int:
    known = engines.names()
    print("".join(f"{name:<12}" for name in known) + "scenario")
    for path in paths:
        scenario = read(path)
        reasons = {name: _skipped(scenario, name) for name in known}
        print("".join(f"{'-' if reasons[name] else 'runs':<12}" for name in known) + scenario.title)
        for name, reason in reasons.items():
            if reason:
                print(f"{'':<{12 * len(known)}}    not on {name}: {reason}")
    return 0


def _skipped(scenario: Scenario, engine: str) -> str | None:
    return scenario.skips.get(engine) or engines.profile(engine).missing()


def main(arguments: list[str]) -> int:
    match arguments:
        case ["run", engine, roost, *paths] if paths:
            return max(run(engine, Path(roost).resolve(), Path(path)) for path in paths)
        case ["table", *paths]:
            return table([Path(path) for path in paths] or sorted(TESTS.glob("conformance/*.txt")))
    print(__doc__)
    return 64


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Malformed as error:
        sys.exit(str(error))
