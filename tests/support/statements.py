"""Which statements of what was sent in one call change anything."""

import re

# One statement of a pack: up to a semicolon that is in no string, body or comment.
STATEMENT = re.compile(r"(?:'[^']*'|\$(\w*)\$.*?\$\1\$|--[^\n]*|[^;])+", re.DOTALL)
CHANGING = re.compile(
    r"(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|DO|CALL|COPY)\b", re.IGNORECASE
)
LEDGER_ROW = re.compile(r"(?:INSERT INTO|UPDATE) roost\.", re.IGNORECASE)


def changes_in(pack: str) -> list[str]:
    """Each statement that changes anything, on one line, without comments."""
    statements = (re.sub(r"--[^\n]*", "", found[0]) for found in STATEMENT.finditer(pack))
    lines = (re.sub(r"\s+", " ", statement).strip() for statement in statements)
    return [line for line in lines if CHANGING.match(line)]


def is_ledger_row(change: str) -> bool:
    return LEDGER_ROW.match(change) is not None
