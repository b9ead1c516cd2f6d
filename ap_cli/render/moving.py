"""A store that was copied, for people and for programs."""

from __future__ import annotations

from ..domain.days import count
from ..services.moving import Copied
from .result import Result, fixed_lines

RECORDS = ("pupil", "provider", "placement", "entry", "mark")
"""The tables that are counted in words."""

PLURALS = {"entry": "entries"}


def show_copied(copied: Copied) -> Result:
    """What was copied, and what to type so that commands use the copy."""
    row = {
        "from": str(copied.source),
        "to": str(copied.target),
        "rows": sum(copied.rows.values()),
        "tables": copied.rows,
        "evidence": copied.evidence,
        "left_out": list(copied.left_out),
        "verified": copied.verified,
    }
    found = [count(copied.rows[name], name, PLURALS.get(name, "")) for name in RECORDS]
    files = count(copied.evidence, "file")
    said = [
        f"Copied and compared row by row: {', '.join(found)}, {files} of evidence",
        f"The store at {copied.source} is as it was. To use the copy: ap config set db ADDRESS",
    ]
    if copied.left_out:
        said.append(f"Not copied, as its file is missing or altered: {', '.join(copied.left_out)}")
    if not copied.verified:
        said.append("The log was altered before it was copied: `ap db verify` says where")
    return Result(
        "db copy", [row], lines=fixed_lines(str(copied.target)), said=tuple(said), kept="the copy"
    )
