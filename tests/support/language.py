"""The language of scenarios, read into values. tests/conformance/README.md describes it."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

KINDS = set("file holds bytes remove example load state sql copy run golden start interrupt expect remember unchanged".split())


@dataclass(frozen=True)
class Section:
    kind: str
    argument: str  # what follows the kind in the header
    body: list[str]
    line: int  # of the header
    targets: frozenset[str]  # or engines; empty: all

    def concerns(self, names: set[str]) -> bool:
        """`names` are those of a target and its engine."""
        return not self.targets or not self.targets.isdisjoint(names)

    def lines(self) -> list[tuple[int, str]]:
        """The lines that say something, with their numbers."""
        numbered = enumerate(self.body, self.line + 1)
        return [(n, text.strip()) for n, text in numbered if text.strip() and not text.startswith("#")]

    def text(self) -> str:
        """The body as a file's content: trailing blank lines dropped, one line end after the last line."""
        return "".join(line + "\n" for line in self.body).rstrip("\n") + "\n"


@dataclass
class Scenario:
    path: Path
    title: str
    skips: dict[str, str] = field(default_factory=dict)  # target or engine -> reason
    sections: list[Section] = field(default_factory=list)

    def skip_reason(self, names: set[str]) -> str | None:
        """`names` are those of a target and its engine."""
        return next((reason for name, reason in self.skips.items() if name in names), None)


class Malformed(Exception):
    """A scenario that cannot be read."""


def read(path: Path) -> Scenario:
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [n for n, line in enumerate(lines) if line.startswith("== ")]
    if not lines[0] or not starts:
        raise Malformed(f"{path}: the first line is the title, and sections follow it")
    scenario = Scenario(path, lines[0])
    for number, line in enumerate(lines[1 : starts[0]], 2):
        if line and not line.startswith("#"):
            targets, reason = _skip(line, f"{path}:{number}")
            scenario.skips |= dict.fromkeys(listed(targets), reason)
    for start, end in zip(starts, starts[1:] + [len(lines)]):
        scenario.sections.append(_section(lines[start], lines[start + 1 : end], start + 1, path))
    return scenario


def words(line: str) -> list[str]:
    """Splits as a shell does, quotes included; a name range as u01..u20 becomes its names."""
    return [name for word in shlex.split(line) for name in _expanded(word)]


def listed(names: str) -> list[str]:
    return names.replace(",", " ").split()


def _expanded(word: str) -> list[str]:
    found = re.fullmatch(r"(\D+)(\d+)\.\.\1(\d+)", word)
    if not found:
        return [word]
    prefix, first, last = found.groups()
    return [f"{prefix}{n:0{len(first)}}" for n in range(int(first), int(last) + 1)]


def _skip(line: str, place: str) -> tuple[str, str]:
    found = re.fullmatch(r"skip (\w[\w, ]*): (.+)", line)
    if not found:
        raise Malformed(f"{place}: expected `skip ENGINE: REASON`, a comment, or a section")
    return found[1], found[2]


def _section(header: str, body: list[str], line: int, path: Path) -> Section:
    rest, _, targets = header.removeprefix("== ").partition(" when ")
    kind, _, argument = rest.partition(" ")
    if kind not in KINDS:
        raise Malformed(f"{path}:{line}: unknown section `{kind}`; known: {', '.join(sorted(KINDS))}")
    return Section(kind, argument.strip(), body, line, frozenset(listed(targets)))
