"""The conformance table: scenarios by target, with the reason for each that does not run."""

import os
from pathlib import Path

import engines
from language import Scenario


class Notes:
    """Reasons, numbered in the order in which they come up."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, reason: str) -> str:
        return f"-{self._numbers.setdefault(reason, len(self._numbers) + 1)}"

    def lines(self) -> list[str]:
        return [f"{f'-{number}':>5}  {reason}" for reason, number in self._numbers.items()]


def skip_reason(scenario: Scenario, target: str) -> str | None:
    names = {target, engines.engine_of(target)}
    profile = engines.profile(target)
    if profile.turn not in (None, len(scenario.path.stem) % 2):
        return "targets that are much alike take turns: it plays on the other one"
    return scenario.skip_reason(names) or profile.missing()


def record(target: str, scenario: Scenario, outcome: str) -> None:
    """What came of a conformance scenario, for the table that ends a test run."""
    folder = os.environ.get("ROOST_TEST_OUTCOMES")
    if folder and "conformance" in scenario.path.resolve().parts:
        path = _place(Path(folder), target, scenario)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(outcome.splitlines()[0] + "\n", encoding="utf-8")


def planned(scenarios: list[Scenario]) -> list[str]:
    """What would run."""
    notes = Notes()

    def cell(scenario: Scenario, target: str) -> str:
        reason = skip_reason(scenario, target)
        return notes.mark(reason) if reason else "runs"

    return _drawn(scenarios, cell, notes)


def outcomes(scenarios: list[Scenario], folder: Path) -> list[str]:
    """What came of each: passed, failed, not run, or the number of the reason why it was skipped."""
    notes = Notes()

    def cell(scenario: Scenario, target: str) -> str:
        path = _place(folder, target, scenario)
        outcome = path.read_text(encoding="utf-8").strip() if path.exists() else ""
        reason = outcome.removeprefix("skipped: ") if outcome.startswith("skipped: ") else None
        if reason := reason or (not outcome and skip_reason(scenario, target)):
            return notes.mark(reason)
        return {"passed": "passed", "": "not run"}.get(outcome, "FAILED")

    return _drawn(scenarios, cell, notes)


def _place(folder: Path, target: str, scenario: Scenario) -> Path:
    return folder / target / scenario.path.stem


def _drawn(scenarios: list[Scenario], cell, notes: Notes) -> list[str]:
    targets = engines.names()
    rows = [[*(cell(scenario, target) for target in targets), scenario.path.stem] for scenario in scenarios]
    widths = [max(len(target), len("not run")) + 2 for target in targets]
    lines = ["".join(f"{text:<{width}}" for text, width in zip(row, [*widths, 0])) for row in [[*targets, "scenario"], *rows]]
    return [*lines, "", *notes.lines(), "", *map(_described, targets)]


def _described(target: str) -> str:
    """One line; also where a server died on the way, so that the table is there all the same."""
    if missing := engines.profile(target).missing():
        return f"{target}: not tested, {missing}"
    try:
        return f"{target}: {engines.profile(target).verified()}"
    except Exception as problem:
        return f"{target}: does not answer, {str(problem).splitlines()[0]}"
