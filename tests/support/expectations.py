"""What a scenario says of a command that ran."""

import json
import re
from dataclasses import dataclass, field

import report_schema


class Unmet(Exception):
    """An expectation that does not hold; with its line in the scenario, where there is one."""

    def __init__(self, problem: str, line: int = 0) -> None:
        super().__init__(problem)
        self.line = line


@dataclass
class Outcome:
    command: str
    status: int
    out: str
    err: str
    changes: list[str] = field(default_factory=list)  # the statements sent that change anything, where they were watched
    others: list[str] = field(default_factory=list)  # of these, all but what roost sends for itself
    folds: bool = False  # names come back in capitals: texts are compared without regard to case

    def json(self) -> dict:
        return json.loads(self.out)

    def __str__(self) -> str:
        return f"{self.command}\nexit status {self.status}\n--- stdout\n{self.out}--- stderr\n{self.err}"


def check(outcome: Outcome, lines: list[tuple[int, str]]) -> None:
    """Every line must hold; `exit` must be among them."""
    if not any(line.startswith("exit ") for _, line in lines):
        raise Unmet("a command needs an `exit` line")
    for number, line in lines:
        if problem := _problem(outcome, line):
            raise Unmet(f"{problem}\n{outcome}", number)
    _check_exact(outcome, lines)
    if "--format json" in outcome.command and (problem := report_schema.problem(outcome.out)):
        raise Unmet(f"{problem}\n{outcome}")


def _problem(outcome: Outcome, line: str) -> str | None:
    if line == "read-only" or line.startswith(("with ", "out: ", "err: ", "sent: ")):
        return None  # `with` and `read-only` were said before the run; the others are compared as a whole
    if found := re.fullmatch(r"exit (\d+)", line):
        return None if outcome.status == int(found[1]) else f"exit status {outcome.status}, not {found[1]}"
    if found := re.fullmatch(r"(out|err) (contains|lacks|matches): (.*)", line):
        return _text_problem(outcome, *found.groups())
    if found := re.fullmatch(r"(out|err) nothing", line):
        return f"{found[1]} is not empty" if getattr(outcome, found[1]) else None
    if found := re.fullmatch(r"json (\S+) = (.*)", line):
        return _json_problem(outcome, *found.groups())
    if line == "sent no change":
        return f"sent: {outcome.changes}" if outcome.changes else None
    return f"not understood: {line}"


def _text_problem(outcome: Outcome, where: str, how: str, text: str) -> str | None:
    output = getattr(outcome, where)
    if how == "matches":
        holds = re.search(text, output, re.MULTILINE | (re.IGNORECASE if outcome.folds else 0)) is not None
    else:
        holds = (_folded(outcome, text) in _folded(outcome, output)) == (how == "contains")
    return None if holds else f"{where} should have {how}: {text}"


def _json_problem(outcome: Outcome, path: str, wanted: str) -> str | None:
    """`runs[0].lines.length` counts."""
    try:
        value = outcome.json()
        for name in re.findall(r"\w+", path):
            value = len(value) if name == "length" else value[int(name)] if name.isdigit() else value[name]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        return f"{path}: {error!r}"
    same = _folded(outcome, json.dumps(value)) == _folded(outcome, json.dumps(json.loads(wanted)))
    return None if same else f"{path} is {json.dumps(value)}, not {wanted}"


def _folded(outcome: Outcome, text: str) -> str:
    return text.lower() if outcome.folds else text


def _check_exact(outcome: Outcome, lines: list[tuple[int, str]]) -> None:
    """Where lines are given in full, there must be no others; of statements, no other changes but the ledger's rows."""
    streams = ("out", outcome.out.splitlines()), ("err", outcome.err.splitlines()), ("sent", outcome.others)
    for where, found in streams:
        wanted = [(number, line.removeprefix(f"{where}: ")) for number, line in lines if line.startswith(f"{where}: ")]
        texts = [text for _, text in wanted]
        if wanted and [_folded(outcome, text) for text in texts] != [_folded(outcome, line) for line in found]:
            raise Unmet(f"{where} is not exactly as given:\n" + "\n".join(found) + f"\n{outcome}", wanted[0][0])
