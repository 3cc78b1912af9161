#!/usr/bin/env python3
"""ctest must know every unit test, or the binary as a whole: a `;` in a title silently makes two tests of it that run
nothing.

    count_unit_tests.py BUILD BINARY ...
"""

import json
import re
import subprocess
import sys
from pathlib import Path


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(build: str, *binaries: str) -> int:
    listed = json.loads(output("ctest", "--test-dir", build, "--show-only=json-v1"))["tests"]
    names = [test["name"] for test in listed]
    problems = []
    for binary in binaries:
        prefix = f"unit {Path(binary).name.removeprefix('unit_')}:"
        known = sum(name.startswith(prefix) for name in names)
        is_one = prefix.removesuffix(":") in names
        found = re.search(r"current filters: (\d+)", output(binary, "--count"))
        count = int(found[1]) if found else 0
        titles = output(binary, "--list-test-cases", "--no-intro").splitlines()
        problems += [f"{binary}: a title holds `;`: {title}" for title in titles if ";" in title]
        if (known != count and not is_one) or count == 0:
            problems.append(f"{binary} has {count} tests, ctest knows {known}")
        print(f"{prefix} {count} tests")
    print("\n".join(problems))
    return 1 if problems or not binaries else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
