"""Reports compared, byte for byte, with those that are kept in tests/golden.

ROOST_TEST_BLESS=1 keeps what was written instead: look at every difference before you commit it.
"""

import os
import re
import socket
from difflib import unified_diff
from pathlib import Path

from expectations import Unmet

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
TIME = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?"
FORMATS = ["txt", "json", "md", "html", "sql", "xml"]


def options(folder: str) -> list[str]:
    return [f"--report={folder}/report.{kind}" for kind in FORMATS]


def compare(name: str, first: Path, second: Path, server: str) -> None:
    """Both runs wrote the same bytes. They are those of tests/golden/NAME, but for the version that `server` names, this host, and when runs took place."""
    version = re.search(r"\d+(\.\d+)+", server)[0]
    places = {re.escape(version): "{version}", rf'(?<="host": "){re.escape(socket.gethostname())}(?=")': "{host}", TIME: "{time}"}
    for kind in FORMATS:
        written, again = (folder / f"report.{kind}" for folder in (first, second))
        if written.read_bytes() != again.read_bytes():
            raise Unmet(f"report.{kind} is another one the second time")
        _compare(GOLDEN / name / f"report.{kind}", _general(written.read_text(encoding="utf-8"), places))


def _general(text: str, places: dict[str, str]) -> str:
    for pattern, place in places.items():
        text = re.sub(pattern, place, text)
    return text


def _compare(kept: Path, text: str) -> None:
    if os.environ.get("ROOST_TEST_BLESS"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text, encoding="utf-8")
        return
    if not kept.exists():
        raise Unmet(f"there is no {kept}: ROOST_TEST_BLESS=1 writes it")
    before = kept.read_text(encoding="utf-8")
    if before != text:
        difference = unified_diff(before.splitlines(), text.splitlines(), str(kept), "now", lineterm="", n=1)
        raise Unmet("\n".join(["the report is not the one that is kept:", *difference]))
