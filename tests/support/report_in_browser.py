#!/usr/bin/python3
"""The HTML report in a browser: pages that roost wrote on SQLite, at a phone's and a desktop's size, light and dark, and on paper.

usage: report_in_browser.py ROOST [--shots FOLDER]

Each scenario of tests/browser/ leaves a page.html. Exit status 77, with the reason, where there is no Chromium.
"""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from browser import WAYS, Browser, Look, browser, chromium, wrong
from engines import SKIPPED
from language import read
from stage import stage_on

FOLDER = Path(__file__).resolve().parents[1] / "browser"


@dataclass
class Expected:
    nodes: range  # that the graph may have
    says: tuple[str, ...]


PAGES = {
    "first_run": Expected(range(10, 13), ("payroll/staging", "to create", "to grant", "Scripts that run", "new_payroll")),
    "drift": Expected(range(10, 16), ("to revoke", "Rehearsal", "not declared", "Role graph", "SQL")),
    "nothing": Expected(range(3, 4), ("Nothing to do: the database is as declared.",)),
    "hostile": Expected(range(4, 10), ("<script>alert(1)</script>", "\\u{202e}eil", "日本語")),
    "two_hundred": Expected(range(9, 30), ("Role graph", "user")),
    "thousand": Expected(range(8, 30), ("Users at whom nothing changes are drawn as a number.", "users")),
}


def write_pages(roost: Path, folder: Path) -> None:
    for name in PAGES:
        with stage_on("sqlite", roost) as stage:
            for section in read(FOLDER / f"{name}.txt").sections:
                stage.play(section)
            shutil.copy(stage.folder / "page.html", folder / f"{name}.html")


def missing(look: Look, expected: Expected) -> list[str]:
    said = [f"does not say: {text}" for text in expected.says if text not in look.text + look.drawn]
    if look.graph and look.graph["nodes"] not in expected.nodes:
        said.append(f"has {look.graph['nodes']} boxes in its graph, not one of {expected.nodes}")
    return said


def complaints(opened: Browser, page: Path, expected: Expected, shots: Path | None) -> list[str]:
    found = []
    for size, theme in WAYS:
        shot = shots / f"{page.stem}-{size}-{theme}.png" if shots else None
        look = opened.look(page, size, theme, shot)
        found += [f"{page.stem}, {size}, {theme}: {text}" for text in wrong(look, size) + missing(look, expected)]
    return found


def main(arguments: list[str]) -> int:
    if not chromium():
        print("skipped: there is no Chromium; apt-get install chromium")
        return SKIPPED
    roost = Path(arguments[0]).resolve()
    shots = Path(arguments[2]) if arguments[1:2] == ["--shots"] else None
    found = []
    with tempfile.TemporaryDirectory(prefix="roost-pages-") as folder, browser() as opened:
        write_pages(roost, Path(folder))
        for name, expected in PAGES.items():
            found += complaints(opened, Path(folder) / f"{name}.html", expected, shots)
    print("\n".join(found) or f"{len(PAGES)} pages, each looked at in {len(WAYS)} ways")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
