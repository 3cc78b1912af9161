"""Where a scenario plays: a project's folder, a target, roost itself. Each kind of section is one method."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import unified_diff
from pathlib import Path

import engines
import golden
from engines import Engine
from expectations import Outcome, Unmet, check
from language import Section, listed, words

REPOSITORY = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[str]
Words = Sequence[str]
PATIENCE = 180  # seconds that anything may take


class Stage:
    def __init__(self, folder: Path, roost: Path, target: str, engine: Engine) -> None:
        self.folder, self.roost, self.target, self.engine = folder, roost, target, engine
        self._names = {target, engines.engine_of(target)}
        self._remembered: dict[bool, list[str]] = {}
        self._started: Process | None = None

    def play(self, section: Section) -> None:
        if section.concerns(self._names):
            getattr(self, f"_{section.kind}")(section)

    def close(self) -> None:
        if self._started:
            self._started.kill()
            self._started.wait()
        self.engine.close()

    def run(self, arguments: Words, variables: dict[str, str] | None = None, before: Words = ()) -> Outcome:
        """roost, called in the project's folder, until it ends. `before` are words in front of its command."""
        return self.finish(self.launch(arguments, variables, before))

    def launch(
        self, arguments: Words, variables: dict[str, str] | None = None, before: Words = (), program: Path | None = None
    ) -> Process:
        return subprocess.Popen(
            [*before, str(program or self.roost), *arguments],
            cwd=self.folder,
            env=_environment(self.folder) | self.engine.variables() | (variables or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def finish(self, process: Process) -> Outcome:
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Unmet(f"{shlex.join(process.args)} did not end within {PATIENCE} s") from None
        return Outcome(shlex.join(process.args), process.returncode, out, err, folds=self.engine.folds)

    # Sections, as tests/conformance/README.md describes them.

    def _file(self, section: Section) -> None:
        self._write(section, self._filled(section.text()).encode())

    def _bytes(self, section: Section) -> None:
        self._write(section, section.text().rstrip("\n").encode("latin-1").decode("unicode_escape").encode("latin-1"))

    def _remove(self, section: Section) -> None:
        (self.folder / self._filled(section.argument)).unlink()

    def _holds(self, section: Section) -> None:
        path = self.folder / self._filled(section.argument)
        if not section.text().strip():
            if path.exists():
                raise Unmet(f"{path.name} is there", section.line)
        elif (found := path.read_text(encoding="utf-8")) != (wanted := self._filled(section.text())):
            difference = unified_diff(wanted.splitlines(), found.splitlines(), "wanted", "found", lineterm="")
            raise Unmet("the file differs:\n" + "\n".join(difference), section.line)

    def _example(self, section: Section) -> None:
        shutil.copy(REPOSITORY / "roost.toml", self.folder)
        for name in "callbacks", "environments":
            shutil.copytree(REPOSITORY / name, self.folder / name)

    def _load(self, section: Section) -> None:
        path = self.folder / self._filled(shlex.split(section.argument)[0])
        wanted = [line.removeprefix("fails: ") for _, line in self._lines(section)]
        try:
            self.engine.sql("main", path.read_text(encoding="utf-8"))
        except Exception as error:  # each engine's interface has its own
            if wanted and all(text in str(error) for text in wanted):
                return
            raise
        if wanted:
            raise Unmet(f"{path.name} did not fail", section.line)

    def _state(self, section: Section) -> None:
        script = "".join(self.engine.state(words(line)) for _, line in section.lines())
        self.engine.sql(_database(section), script)

    def _sql(self, section: Section) -> None:
        self.engine.sql(_database(section), self._filled(section.text()))

    def _copy(self, section: Section) -> None:
        self.engine.copy("main", section.argument)

    def _run(self, section: Section) -> None:
        lines = self._lines(section)
        variables = dict(line.removeprefix("with ").split("=", 1) for _, line in lines if line.startswith("with "))
        before = self.engine.read_only("main") if any(line == "read-only" for _, line in lines) else []
        watched = any(line.startswith("sent") for _, line in lines)
        since = self.engine.log_position() if watched else 0
        outcome = self.run(shlex.split(self._filled(section.argument)), variables, before)
        if watched:
            outcome.changes = [change for sent in self.engine.sent(since) for change in self.engine.changes(sent.sql)]
            outcome.others = [change for change in outcome.changes if not self.engine.is_own(change)]
        check(outcome, lines)

    def _golden(self, section: Section) -> None:
        name, *arguments = shlex.split(self._filled(section.argument))
        folders = [self.folder / "first", self.folder / "second"]
        for folder in folders:
            folder.mkdir(exist_ok=True)
            check(self.run([*arguments, *golden.options(folder.name)]), self._lines(section))
        golden.compare(name, *folders, self.engine.verified())

    def _start(self, section: Section) -> None:
        process = self.launch(shlex.split(self._filled(section.argument)))
        self._started = process
        wait_for(lambda: self.engine.is_busy() or process.poll() is not None, "roost is inside the script")
        if process.poll() is not None:
            raise Unmet(f"ended before it was inside the script: {self.finish(process)}")

    def _interrupt(self, section: Section) -> None:
        process, self._started = self._started, None
        if not process:
            raise Unmet("nothing was started")
        process.send_signal(signal.SIGINT)
        check(self.finish(process), self._lines(section))

    def _expect(self, section: Section) -> None:
        database = _database(section)
        for number, line in section.lines():
            if problem := self._differs(database, line):
                raise Unmet(problem, number)

    def _remember(self, section: Section) -> None:
        self._remembered = {ledger: self.engine.catalogue("main", ledger) for ledger in (False, True)}

    def _unchanged(self, section: Section) -> None:
        ledger = section.argument == "with ledger"
        before, now = self._remembered[ledger], self.engine.catalogue("main", ledger)
        if before != now:
            difference = unified_diff(before, now, "before", "now", lineterm="", n=0)
            raise Unmet("the database changed:\n" + "\n".join(difference))

    # Parts of them.

    def _differs(self, database: str, line: str) -> str | None:
        subject, *rest = words(line)
        match subject:
            case "absent:":
                there = [role for role in rest if self.engine.members(database, role) is not None]
                return f"there: {', '.join(there)}" if there else None
            case "table:":
                missing = set(rest) - self.engine.tables(database)
                return f"no such table: {', '.join(sorted(missing))}" if missing else None
            case "no-table:":
                there = set(rest) & self.engine.tables(database)
                return f"there is a table {', '.join(sorted(there))}" if there else None
        expected, found = set(_with_options(rest)), self.engine.members(database, subject.removesuffix(":"))
        if found is None:
            return f"there is no role {subject.removesuffix(':')}"
        if found == expected:
            return None
        return f"{subject} lacks {sorted(expected - found)} and has {sorted(found - expected)} too much"

    def _write(self, section: Section, content: bytes) -> None:
        path = self.folder / self._filled(section.argument)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _lines(self, section: Section) -> list[tuple[int, str]]:
        """Those that concern this target: `when ENGINE: LINE` is for that one alone."""
        lines = [(number, re.fullmatch(r"(?:when (\w[\w, ]*): )?(.*)", line)) for number, line in section.lines()]
        return [(number, self._filled(line[2])) for number, line in lines if self._concerns(line[1])]

    def _concerns(self, targets: str | None) -> bool:
        return targets is None or not self._names.isdisjoint(listed(targets))

    def _filled(self, text: str) -> str:
        """Puts in what stands for {engine}, {folder}, {name}, {url}, {database as limited}, {list u1..u9} and so on."""
        text = text.replace("{engine}", engines.engine_of(self.target)).replace("{folder}", str(self.folder))
        text = re.sub(r"\{list (\S+)\}", lambda found: ", ".join(map(json.dumps, words(found[1]))), text)
        text = re.sub(r"\{each (\S+) (.*)\}", lambda found: "\n".join(f"{word} {found[2]}" for word in words(found[1])), text)
        text = re.sub(r"\{name(?: (\w+))?\}", lambda found: self.engine.name(found[1] or "main"), text)
        text = re.sub(r"\{url(?: (\w+))?\}", lambda found: self.engine.url(found[1] or "main"), text)
        return re.sub(r"\{database(?: (?!as )(\w+))?(?: as (\w+))?\}", self._database_settings, text)

    def _database_settings(self, found: re.Match[str]) -> str:
        """Two lines whatever it says, so that the places of what follows are the same everywhere."""
        settings = self.engine.settings(found[1] or "main", found[2]).rstrip("\n").split("\n")
        return f"[database]\n{settings[0]}" if len(settings) == 1 else f"\ndatabase = {{ {', '.join(settings)} }}"


@contextmanager
def stage_on(target: str, roost: Path) -> Iterator[Stage]:
    """An empty folder and an empty database, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="roost-scenario-", dir=_quick_folder()) as folder:
        stage = Stage(Path(folder), roost, target, engines.profile(target)(Path(folder)))
        try:
            yield stage
        finally:
            stage.close()


def _quick_folder() -> str | None:
    """In memory, where that is possible: SQLite waits for the disk at each commit."""
    memory = "/dev/shm"
    return memory if "TMPDIR" not in os.environ and os.access(memory, os.W_OK) else None


def wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise Unmet(f"waited {PATIENCE} s in vain until {what}")
        time.sleep(0.02)


def _database(section: Section) -> str:
    return section.argument.removeprefix("in ") or "main"


def _with_options(names: list[str]) -> list[str]:
    """`alice (admin)` are two words that belong together."""
    joined: list[str] = []
    for name in names:
        if name == "(admin)":
            joined[-1] += " (admin)"
        else:
            joined.append(name)
    return joined


def _environment(home: Path) -> dict[str, str]:
    kept = ("PATH", "TMPDIR", "ODBCSYSINI", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
    fixed = {"HOME": str(home), "USER": "tester", "LANG": "C.UTF-8"}
    return {name: os.environ[name] for name in kept if name in os.environ} | fixed
