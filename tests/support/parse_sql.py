#!/usr/bin/python3
"""Has the SQL that a driver sends parsed by parsers of others' making: sqlglot, and what it does not know, sqlfluff.

    parse_sql.py ENGINE RENDERED     RENDERED is the program of rendered_main.cpp. Exit status 77: no parser is installed

Read are every statement that RENDERED prints, and every file of drivers/ENGINE/sql but ledger.sql, which RENDERED has split.
FORMS lists what neither parser knows although the engine's documentation has it. Such a form is replaced, so that what
stands around it is still parsed; it is printed with its reason. One that nothing needs is an error.
"""

import json
import logging
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

SKIPPED = 77
DRIVERS = Path(__file__).resolve().parents[2] / "drivers"
DIALECTS = {  # engine: sqlglot's name, sqlfluff's name
    "sqlserver": ("tsql", "tsql"),
    "oracle": ("oracle", "oracle"),
    "mariadb": ("mysql", "mysql"),
    "postgresql": ("postgres", "postgres"),
    "sqlite": ("sqlite", "sqlite"),
}


class Form(NamedTuple):
    pattern: str
    replacement: str
    reason: str


FORMS: dict[str, list[Form]] = {
    "sqlserver": [
        Form(r"\[[^\]]*\]\][^\]]*\]", "[x]", "a ] in a name is doubled: both parsers end the name at the first"),
        Form(
            r"ALTER ROLE \[[^\]]*\] (?:ADD|DROP) MEMBER \[[^\]]*\]",
            "SELECT 1",
            "ALTER ROLE … ADD | DROP MEMBER: sqlglot takes any ALTER as text, sqlfluff has no ALTER ROLE",
        ),
        Form(
            r"SET (?:(?:ROWCOUNT|TEXTSIZE) \d+|DEADLOCK_PRIORITY NORMAL);",
            "",
            "SET ROWCOUNT, TEXTSIZE and DEADLOCK_PRIORITY are not among sqlfluff's options of SET",
        ),
        Form(
            r"CREATE (?:LOGIN|USER) \w+ (?:WITH PASSWORD = N'[^']*'|FOR LOGIN \w+);",
            "",
            "CREATE LOGIN … WITH PASSWORD and CREATE USER … FOR LOGIN are unknown to both",
        ),
        Form(
            r"GRANT (?:[A-Z]+ )+(?:ON [\w.]+ )?TO \w+;",
            "",
            "GRANT: sqlglot takes it as text, and sqlfluff's grammar of it names words that its T-SQL has not",
        ),
    ],
    "oracle": [
        Form(
            r"(?s)(?:DECLARE\b.*?)?\bBEGIN\b.*\bEND;",
            "SELECT 1 FROM DUAL;",
            "an anonymous block: sqlglot knows no PL/SQL, sqlfluff no declaration or call in one",
        ),
        Form(
            r"(?:CREATE|ALTER) USER [^;]*;",
            "",
            "CREATE and ALTER USER: both stop at IDENTIFIED BY and DEFAULT ROLE",
        ),
        Form(
            r"GRANT [^;']* TO \w+;",
            "",
            "GRANT of system privileges is unknown to both",
        ),
        Form(
            r"LOCK TABLE \w+ IN EXCLUSIVE MODE (?:NOWAIT|WAIT \d+)",
            "",
            "LOCK TABLE is unknown to both",
        ),
    ],
}


# What `render` puts into its templates, as far as it matters to a parser.
HOLES = {
    "sqlserver": {
        "roles": "IF NOT EXISTS (SELECT 1 FROM sys.database_principals p WHERE p.name = N'hr' AND p.type = N'R') CREATE ROLE hr;",
        "whole": "(N'hr', 1), (N'pigs', {reached})",
        "listed": "(N'hr', N'ann'), (CAST(NULL AS nvarchar(128)), CAST(NULL AS nvarchar(128)))",
        "at_least": """CAST(COALESCE(JSON_VALUE(N'["' + REPLACE(REPLACE(h.version, N'_', N'.'), N'.', N'","') + N'"]', N'$[0]'),
                       N'0') AS decimal(38)) >= 5""",
    },
    "oracle": {
        "roles": "SELECT 'HR' AS role FROM DUAL UNION ALL SELECT 'PIGS' AS role FROM DUAL",
        "whole": "SELECT 'HR', 1 FROM DUAL UNION ALL SELECT 'PIGS', {reached} FROM DUAL",
        "listed": "SELECT 'HR', 'ANN', 1 FROM DUAL UNION ALL SELECT NULL, NULL, NULL FROM DUAL",
        "at_least": """TO_NUMBER(COALESCE(REGEXP_SUBSTR(h."version", '[^._]+', 1, 1), '0')) >= 5""",
    },
}


def filled(engine: str, folder: Path, name: str) -> str:
    """A template of `render`'s with rows in it; of a block that loops over a query, the query, which is what there is to parse."""
    holes = HOLES[engine] | {"missing_is_error": "1", "history": "history"}
    holes["whole"] = holes["whole"].replace("{reached}", (folder / "render_reached.sql").read_text(encoding="utf-8"))
    text = (folder / name).read_text(encoding="utf-8")
    for _ in range(2):
        for hole, value in holes.items():
            text = text.replace(f"{{{hole}}}", value)
    loop = re.search(r"(?s)FOR \w+ IN \((.*)\) LOOP", text)
    return loop[1] if loop else text


class Parsers:
    def __init__(self, engine: str) -> None:
        import sqlfluff.core  # noqa: PLC0415: what is missing is told by main()
        import sqlglot  # noqa: PLC0415

        logging.getLogger("sqlglot").setLevel(logging.CRITICAL)
        self._glot, fluff = DIALECTS[engine]
        self._sqlglot = sqlglot
        self._linter = sqlfluff.core.Linter(config=sqlfluff.core.FluffConfig(overrides={"dialect": fluff}))

    def trouble(self, sql: str) -> str | None:
        """Why neither takes it, or None."""
        first = self._trouble_of_sqlglot(sql)
        if first is None:
            return None
        try:
            parsed = self._linter.parse_string(sql.rstrip() + "\n")
        except RuntimeError as error:  # a hole in its grammar of this dialect
            return f"sqlglot: {first}; sqlfluff: {error}"
        if not parsed.violations and parsed.tree is not None and "unparsable" not in parsed.tree.type_set():
            return None
        return f"sqlglot: {first}; sqlfluff: {[violation.desc() for violation in parsed.violations]}"

    def _trouble_of_sqlglot(self, sql: str) -> str | None:
        command = self._sqlglot.exp.Command
        try:
            trees = [tree for tree in self._sqlglot.parse(sql, read=self._glot) if tree]
        except Exception as error:  # noqa: BLE001: it raises many kinds for what it does not know
            return str(error).splitlines()[0] if str(error) else repr(error)
        # A Command is text that was passed over, not parsed.
        return "passed over as text" if any(tree.find(command) for tree in trees) else None


def bare(sql: str) -> str:
    """Without comments: sqlglot reads some as hints; parameters and what the driver puts in as values."""
    sql = re.sub(r"('[^']*')|--[^\n]*", lambda found: found[1] or "", sql)
    sql = re.sub(r"('[^']*')|\?", lambda found: found[1] or "'x'", sql)
    return sql.replace("{table}", "history").replace("{wait}", "500").strip()


def texts(engine: str, rendered: str) -> dict[str, str]:
    printed = subprocess.run([rendered, engine], stdout=subprocess.PIPE, check=True, text=True).stdout
    found = {f"rendered {number}": sql for number, sql in enumerate(json.loads(printed), 1)}
    for path in sorted((DRIVERS / engine / "sql").glob("*.sql")):
        if path.name.startswith("render_"):
            query = filled(engine, path.parent, path.name)
            found[path.name] = f"SELECT {query}" if path.name == "render_reached.sql" else query
        elif path.name != "ledger.sql":
            found[path.name] = path.read_text(encoding="utf-8")
    return found


def check(engine: str, rendered: str) -> int:
    parsers = Parsers(engine)
    used: Counter[Form] = Counter()
    failures = 0
    read = texts(engine, rendered)
    for name, sql in read.items():
        text = bare(sql)
        trouble = parsers.trouble(text)
        if trouble is None:
            continue
        for form in FORMS.get(engine, []):
            text, count = re.subn(form.pattern, form.replacement, text)
            used[form] += count
        trouble = parsers.trouble(text) if text.strip() else None
        if trouble is not None:
            failures += 1
            print(f"{name}: neither parser takes this\n    {trouble}\n    {text}")
    for form in FORMS.get(engine, []):
        print(f"not parsed, {used[form]} times: {form.reason}")
        failures += used[form] == 0
    print(f"{len(read)} texts of {engine}, {failures} failures")
    return 1 if failures else 0


def main(arguments: list[str]) -> int:
    if len(arguments) != 2 or arguments[0] not in DIALECTS:
        print(__doc__)
        return 64
    try:
        return check(*arguments)
    except ImportError as error:
        print(f"skipped: {error}: Debian's packages python3-sqlglot and sqlfluff have the parsers")
        return SKIPPED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
