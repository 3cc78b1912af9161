#!/usr/bin/python3
"""Opens pages in headless Chromium, at a phone's and a desktop's size, light and dark, and says what is wrong with them.

usage: browser.py [--shots FOLDER] FILE.html…

It speaks the DevTools protocol over two pipes, so that nothing listens on a port.
"""

import argparse
import base64
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60  # seconds
SIZES = {"phone": (360, 740), "desktop": (1280, 800), "paper": (690, 1000)}
# How each page is looked at: size and theme.
WAYS = [("phone", "light"), ("phone", "dark"), ("desktop", "light"), ("desktop", "dark"), ("paper", "dark")]

# What the page itself can tell. Contrast is asked of each text: its colour on the nearest background that is not
# transparent, or for text of a drawing on the box that it stands in.
LOOK = Path(__file__).with_name("browser_look.js").read_text(encoding="utf-8")


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@dataclass
class Look:
    """What a page is like at one size in one theme."""

    width: int  # of the page; a phone's browser widens its window to that
    graph: dict | None  # width, height and number of nodes
    clipped: int  # boxes of which a part must be scrolled to
    low_contrast: list[str]
    headings: list[str]
    scripts: int
    text: str  # that can be seen
    drawn: str  # in the graph, titles included
    messages: list[str] = field(default_factory=list)  # of the console, exceptions and the security policy


class Browser:
    def __init__(self, process: subprocess.Popen, to: int, back: int) -> None:
        self._process, self._to, self._back = process, to, back
        self._read, self._next, self._events = b"", 0, []
        target = self._send("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in "Page", "Runtime", "Log", "Network":
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict:
        return self._send(method, parameters, self._session)

    def look(self, page: Path, size: str, theme: str, shot: Path | None = None) -> Look:
        width, height = SIZES[size]
        self._events.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=size == "phone")
        self.call("Emulation.setEmulatedMedia", media="print" if size == "paper" else "screen", features=[{"name": "prefers-color-scheme", "value": theme}])
        self.call("Page.navigate", url=page.resolve().as_uri())
        self._wait_for("Page.loadEventFired")
        answer = self.call("Runtime.evaluate", expression=LOOK, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        look = Look(**answer["result"]["value"])
        look.messages = [message for event in self._events if (message := _complaint(event))]
        if shot:
            self._shoot(shot)
        return look

    def _shoot(self, shot: Path) -> None:
        box = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": box["width"], "height": min(box["height"], 6000), "scale": 1}
        answer = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        shot.write_bytes(base64.b64decode(answer["data"]))

    def _send(self, method: str, parameters: dict, session: str | None = None) -> dict:
        self._next += 1
        message = {"id": self._next, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._next:
            self._events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def _wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self._events):
            self._events.append(self._receive())

    def _receive(self) -> dict:
        deadline = time.monotonic() + PATIENCE
        while b"\0" not in self._read:
            if not select.select([self._back], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError(f"Chromium said nothing for {PATIENCE} s")
            part = os.read(self._back, 1 << 20)
            if not part:
                raise RuntimeError(f"Chromium has ended: {self._process.wait()}")
            self._read += part
        message, self._read = self._read.split(b"\0", 1)
        return json.loads(message)


def _complaint(event: dict) -> str | None:
    match event.get("method"), event.get("params"):
        case "Runtime.consoleAPICalled", parameters:
            return f"console.{parameters['type']}: {[one.get('value') for one in parameters['args']]}"
        case "Runtime.exceptionThrown", parameters:
            return f"exception: {parameters['exceptionDetails']['text']}"
        case "Log.entryAdded", parameters:
            return f"{parameters['entry']['level']}: {parameters['entry']['text']}"
        case "Page.javascriptDialogOpening", parameters:
            return f"dialog: {parameters['message']}"
        case "Network.requestWillBeSent", parameters if not parameters["request"]["url"].startswith(("file:", "about:")):
            return f"asks for {parameters['request']['url']}"
    return None


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium of its own, with an empty profile, until the block ends."""
    their_in, to = os.pipe()
    back, their_out = os.pipe()
    with tempfile.TemporaryDirectory(prefix="roost-browser-", ignore_cleanup_errors=True) as profile:
        options = ["--headless=new", "--remote-debugging-pipe", f"--user-data-dir={profile}", "--no-first-run",
                   "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
                   "--disable-component-update", "--hide-scrollbars", "--force-device-scale-factor=1"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")
        # The protocol is spoken on descriptors 3 and 4.
        arrange = 'exec "$0" "$@" 3<&"$ROOST_IN" 4>&"$ROOST_OUT"'
        process = subprocess.Popen(
            ["/bin/bash", "-c", arrange, chromium() or "chromium", *options],
            pass_fds=(their_in, their_out), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
            env=os.environ | {"ROOST_IN": str(their_in), "ROOST_OUT": str(their_out), "HOME": profile})
        os.close(their_in)
        os.close(their_out)
        try:
            yield Browser(process, to, back)
        finally:
            os.close(to)
            os.close(back)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wrong(look: Look, size: str) -> list[str]:
    """What no page may be, in words."""
    said = list(look.messages)
    if size == "paper" and look.clipped:
        said.append(f"cuts {look.clipped} boxes off")
    if look.width > SIZES[size][0]:
        said.append(f"is {look.width} pixels wide, on {SIZES[size][0]}")
    if not (look.graph and look.graph["width"] > 0 and look.graph["height"] > 0 and look.graph["nodes"] > 0):
        said.append(f"shows no graph: {look.graph}")
    if look.scripts:
        said.append(f"has {look.scripts} elements or attributes that run scripts")
    said += [f"can hardly be read: {text}" for text in look.low_contrast]
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shots", type=Path, help="a folder for screenshots")
    parser.add_argument("pages", nargs="+", type=Path)
    options = parser.parse_args()
    found = []
    with browser() as opened:
        for page in options.pages:
            for size, theme in WAYS:
                shot = options.shots / f"{page.stem}-{size}-{theme}.png" if options.shots else None
                look = opened.look(page, size, theme, shot)
                found += [f"{page.name}, {size}, {theme}: {text}" for text in wrong(look, size)]
    print("\n".join(found) or "nothing is wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
