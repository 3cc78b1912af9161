"""What Oracle's targets share: names as its dictionary has them, scripts, and the words of `== state` in its SQL.

roost comes in as ROOST, whose schema holds the ledger and whatever is not qualified.
"""

import re

from engines import CannotDo, Engine

OWNER = "ROOST"
LEDGER = {"LEDGER", "RUN", "STEP", "HOLD", "ROLE"}
LOCK = "LOCK_ROW"  # made before anything is known, and empty for all that others see: no part of the catalogue
SIGNED = "UPDATE roost.lock_row SET holder = ? WHERE id = 1"  # by who holds the lock: never committed, no change
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_$#]*")
BLOCK = re.compile(r"(BEGIN|DECLARE|CREATE(\s+OR\s+REPLACE)?\s+(FUNCTION|PROCEDURE|PACKAGE|TRIGGER))\b", re.IGNORECASE)
HISTORY = """
CREATE TABLE "flyway_schema_history" (
    "installed_rank" NUMBER(10)     NOT NULL PRIMARY KEY,
    "version"        VARCHAR2(50),
    "description"    VARCHAR2(200)  NOT NULL,
    "type"           VARCHAR2(20)   NOT NULL,
    "script"         VARCHAR2(1000) NOT NULL,
    "checksum"       NUMBER(10),
    "installed_by"   VARCHAR2(100)  NOT NULL,
    "installed_on"   TIMESTAMP      DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "execution_time" NUMBER(10)     NOT NULL,
    "success"        NUMBER(1)      NOT NULL
);
"""


class OracleEngine(Engine):
    engine = "oracle"
    folds = True
    transactional = False
    shared_roles = False

    def __init__(self) -> None:
        self._spelled: dict[str, str] = {}  # in the dictionary -> in the scenario
        self._has_history = False

    def dictionary_name(self, word: str) -> str:
        """`alice` is ALICE there; what would need quotes is taken as it is."""
        name = word.upper() if PLAIN.fullmatch(word) else word
        self._spelled.setdefault(name, word)
        return name

    def word(self, name: str) -> str:
        return self._spelled.get(name, name.lower() if PLAIN.fullmatch(name) and name == name.upper() else name)

    def create_user(self, name: str) -> str:
        raise NotImplementedError

    def may_come_in(self, name: str) -> str:
        """What an account needs before anything else, if it is one that roost comes in as."""
        return ""

    def superuser(self, name: str) -> str:
        return f"GRANT DBA TO {quoted(name)};\n"

    def creator(self, name: str) -> str:
        return f"GRANT CREATE ROLE, GRANT ANY ROLE TO {quoted(name)};\n"

    def has_table(self, name: str) -> bool:
        raise NotImplementedError

    def changes(self, sql: str) -> list[str]:
        return [change for change in super().changes(sql) if change != SIGNED]

    def state(self, words: list[str]) -> str:
        names = [self.dictionary_name(word) for word in words[1:]]
        match words[0]:
            case "user":
                return "".join(self.create_user(name) + self.may_come_in(name) for name in names)
            case "role":
                return each("CREATE ROLE {}", names)
            case "superuser":
                return "".join(self.create_user(name) + self.superuser(name) for name in names)
            case "creator":
                return "".join(self.create_user(name) + self.may_come_in(name) + self.creator(name) for name in names)
            case "drop":
                return "".join(map(self.drop, names))
            case "table":
                return each("CREATE TABLE {} (id NUMBER(10) PRIMARY KEY)", names)
            case "history":
                return self.history(words[1:])
            case "grant" if words[-2:] == ["with", "admin"]:
                return f"GRANT {quoted(names[0])} TO {', '.join(map(quoted, names[2:-2]))} WITH ADMIN OPTION;\n"
            case "grant":
                return f"GRANT {quoted(names[0])} TO {', '.join(map(quoted, names[2:]))};\n"
            case "revoke":
                return f"REVOKE {quoted(names[0])} FROM {', '.join(map(quoted, names[2:]))};\n"
        raise CannotDo(f"Oracle's profile has no `{' '.join(words)}`")

    def drop(self, name: str) -> str:
        return f"DROP ROLE {quoted(name)};\n" if self.is_role(name) else f"DROP USER {quoted(name)};\n"

    def is_role(self, name: str) -> bool:
        raise NotImplementedError

    def history(self, words: list[str]) -> str:
        *outcome, version = words
        kind = "BASELINE" if outcome == ["baseline"] else "SQL"
        success = 0 if outcome == ["failed"] else 1
        script = f"V{version.replace('.', '_')}__change.sql"
        table = "" if self._has_history or self.has_table("flyway_schema_history") else HISTORY
        self._has_history = True
        return table + (
            'INSERT INTO "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",'
            ' "checksum", "installed_by", "execution_time", "success")'
            f" SELECT COALESCE(MAX(\"installed_rank\"), 0) + 1, '{version}', 'change', '{kind}', '{script}', 1234,"
            f" 'flyway', 7, {success} FROM \"flyway_schema_history\";\n"
        )


def statements_of(script: str) -> list[str]:
    """As SQL*Plus ends them: SQL at a semicolon at the end of a line, PL/SQL at a / on a line of its own."""
    found, lines = [], []
    for line in [*script.splitlines(), "/"]:
        text = "\n".join([*lines, line]).strip()
        is_block = BLOCK.match(re.sub(r"(?m)^\s*--.*$", "", text).strip())
        if line.strip() == "/":
            text = "\n".join(lines).strip()
        elif is_block or not line.rstrip().endswith(";"):
            lines.append(line)
            continue
        if re.sub(r"(?m)^\s*--.*$", "", text).strip():
            found.append(text if is_block else text.removesuffix(";"))
        lines = []
    return found


def each(template: str, names: list[str]) -> str:
    return "".join(template.format(quoted(name)) + ";\n" for name in names)


def quoted(name: str) -> str:
    return f'"{name}"'
