"""docs/report.schema.json, for whoever has a report at hand."""

import json
from functools import cache
from pathlib import Path

try:
    import jsonschema
except ImportError:
    jsonschema = None

SCHEMA = Path(__file__).resolve().parents[2] / "docs/report.schema.json"


@cache
def _validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def _shortened(value):
    """Of long lists the ends alone: thousands of lines are alike, and checking each takes its time."""
    if isinstance(value, dict):
        return {key: _shortened(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_shortened(held) for held in (value if len(value) <= 100 else value[:50] + value[-50:])]
    return value


def problem(text: str) -> str | None:
    """Why it is no report, or None; also None where there is nothing to check it with."""
    if not jsonschema:
        return None
    error = jsonschema.exceptions.best_match(_validator().iter_errors(_shortened(json.loads(text))))
    return error and f"no report as docs/report.schema.json has it: {error.json_path}: {error.message[:400]}"
